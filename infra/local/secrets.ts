import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';

const getSecretValueSchema = z.object({ SecretId: z.string() });

const reply = (status: number, body: object): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

const refusal = (type: string, message: string): LoopbackReply =>
  reply(400, { __type: type, Message: message });

/**
 * A stand-in for AWS Secrets Manager, as far as functions use it: `GetSecretValue` in AWS JSON 1.1
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html). It checks no signature.
 * @param secrets what each secret holds, by the id that the caller asks for, a name or an ARN.
 */
export const startSecrets = async (
  secrets: Record<string, string>,
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  const values = new Map(Object.entries(secrets));
  const versionId = randomUUID();

  const answer = ({ headers, body }: LoopbackRequest): LoopbackReply => {
    const target = headers['x-amz-target'];
    if (target !== 'secretsmanager.GetSecretValue') {
      return refusal('UnknownOperationException', `This stand-in does GetSecretValue only, not ${target}.`);
    }
    const { SecretId } = getSecretValueSchema.parse(JSON.parse(body));
    const value = values.get(SecretId);
    if (value === undefined) {
      return refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return reply(200, {
      ARN: SecretId.startsWith('arn:')
        ? SecretId
        : `arn:aws:secretsmanager:local:000000000000:secret:${SecretId}`,
      Name: SecretId,
      SecretString: value,
      VersionId: versionId,
      VersionStages: ['AWSCURRENT'],
    });
  };

  const { url, close } = await serveLoopback(answer);
  return { endpoint: url, close };
};
