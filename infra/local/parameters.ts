import * as z from 'zod';
import { parameterArn } from './intrinsics.ts';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';

const getSchema = z.object({ Name: z.string(), WithDecryption: z.boolean().default(false) });

/** What is put here is a secret; of the standard tier, since the others cost a fee. */
const putSchema = z.object({
  Name: z.string().min(1),
  Value: z.string().min(1).max(4_096),
  Type: z.literal('SecureString'),
  Overwrite: z.boolean().default(false),
  Tier: z.literal('Standard').default('Standard'),
});

interface Parameter {
  value: string;
  version: number;
  modified: Date;
}

const reply = (status: number, body: object): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

const refusal = (type: string, message?: string): LoopbackReply => reply(400, { __type: type, message });

/**
 * A stand-in for SSM's Parameter Store: `GetParameter` and `PutParameter` of SecureStrings in AWS JSON 1.1
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html). It checks no signature.
 *
 * @param given the values at the start, by name
 * @param onPut hears of each parameter that is put, and is waited for
 */
export const startParameters = async (
  given: Record<string, string>,
  onPut: (name: string) => Promise<unknown> = async () => {},
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  const parameters = new Map<string, Parameter>();
  const set = (name: string, value: string): number => {
    const version = (parameters.get(name)?.version ?? 0) + 1;
    parameters.set(name, { value, version, modified: new Date() });
    return version;
  };
  for (const [name, value] of Object.entries(given)) set(name, value);

  const get = ({ Name, WithDecryption }: z.infer<typeof getSchema>): LoopbackReply => {
    const found = parameters.get(Name);
    if (found === undefined) return refusal('ParameterNotFound');
    return reply(200, {
      Parameter: {
        ARN: parameterArn(Name),
        DataType: 'text',
        LastModifiedDate: found.modified.getTime() / 1_000,
        Name,
        Type: 'SecureString',
        Value: WithDecryption ? found.value : 'encrypted',
        Version: found.version,
      },
    });
  };

  const put = async ({ Name, Value, Overwrite, Tier }: z.infer<typeof putSchema>): Promise<LoopbackReply> => {
    if (parameters.has(Name) && !Overwrite) {
      return refusal('ParameterAlreadyExists', 'The parameter already exists.');
    }
    const Version = set(Name, Value);
    await onPut(Name);
    return reply(200, { Version, Tier });
  };

  /** Has an action done with its input, if it is one. */
  const parsed = <T>(
    schema: z.ZodType<T>,
    body: string,
    act: (input: T) => Promise<LoopbackReply> | LoopbackReply,
  ) => {
    const input = schema.safeParse(JSON.parse(body));
    return input.success ? act(input.data) : refusal('ValidationException', z.prettifyError(input.error));
  };

  const answer = async ({ headers, body }: LoopbackRequest): Promise<LoopbackReply> => {
    const target = headers['x-amz-target'];
    if (target === 'AmazonSSM.GetParameter') return parsed(getSchema, body, get);
    if (target === 'AmazonSSM.PutParameter') return parsed(putSchema, body, put);
    return refusal(
      'UnknownOperationException',
      `This stand-in does GetParameter and PutParameter, not ${target}.`,
    );
  };

  const { url, close } = await serveLoopback(answer);
  return { endpoint: url, close };
};
