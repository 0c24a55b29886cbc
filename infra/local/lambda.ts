import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { LIVE } from '../stages.ts';
import type { LocalFunctions } from './functions.ts';
import { functionArn } from './intrinsics.ts';
import { type LoopbackReply, type LoopbackRequest, serveLoopback } from './loopback.ts';

/** How each operation is asked for. */
const OPERATIONS = {
  GetAlias: { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/ },
  UpdateAlias: { method: 'PUT', path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/ },
  DeleteFunction: { method: 'DELETE', path: /^\/2015-03-31\/functions\/([^/]+)$/ },
};

/** What a request asks of Lambda: the operation, of which function, and its alias or version. */
interface LambdaCall {
  operation: string;
  functionName: string;
  qualifier: string | undefined;
}

/** Reads what a request asks of Lambda; undefined if it is none of the operations that there are here. */
export const lambdaCall = ({
  method,
  path,
  query,
}: Pick<LoopbackRequest, 'method' | 'path' | 'query'>): LambdaCall | undefined => {
  for (const [operation, asked] of Object.entries(OPERATIONS)) {
    const [, functionName, alias] = asked.path.exec(decodeURIComponent(path)) ?? [];
    if (method !== asked.method || functionName === undefined) continue;
    return { operation, functionName, qualifier: alias ?? query.get('Qualifier') ?? undefined };
  }
  return undefined;
};

const reply = (status: number, body: object, headers: Record<string, string> = {}): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const refusal = (status: number, type: string, Message: string): LoopbackReply =>
  reply(status, { Type: 'User', Message }, { 'x-amzn-errortype': type });

const notFound = (what: string) => refusal(404, 'ResourceNotFoundException', `Function not found: ${what}`);

/** Calls are not divided here: an alias has one version. */
const updateSchema = z.object({
  FunctionVersion: z.string().optional(),
  RoutingConfig: z
    .object({ AdditionalVersionWeights: z.record(z.string(), z.never()).optional() })
    .optional(),
});

/**
 * A stand-in for Lambda's API, as far as functions and commands use it: `GetAlias` and `UpdateAlias` of the alias by which functions
 * are called, and `DeleteFunction` of a version (https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html). It checks no
 * signature.
 *
 * @param versionsOf the versions of a function, if there is one of that name
 */
export const startLambda = async (
  versionsOf: LocalFunctions['versionsOf'],
): Promise<{ endpoint: string; close(): Promise<void> }> => {
  const answer = (request: LoopbackRequest): LoopbackReply => {
    const call = lambdaCall(request);
    if (call === undefined) {
      return refusal(400, 'InvalidParameterValueException', 'This stand-in does not do that.');
    }
    const { operation, functionName, qualifier } = call;
    const versions = versionsOf(functionName);
    const arn = `${functionArn(functionName)}:${qualifier}`;
    if (versions === undefined) return notFound(arn);

    if (operation === 'DeleteFunction') {
      if (qualifier === undefined) {
        return refusal(400, 'InvalidParameterValueException', 'This stand-in deletes versions only.');
      }
      if (!versions.has(qualifier)) return notFound(arn);
      if (versions.live === qualifier) {
        return refusal(409, 'ResourceConflictException', `An alias points to the version ${qualifier}.`);
      }
      versions.delete(qualifier);
      return { status: 204, headers: {}, body: '' };
    }

    if (qualifier !== LIVE) return notFound(arn);
    if (operation === 'UpdateAlias') {
      const update = updateSchema.safeParse(JSON.parse(request.body));
      if (!update.success) {
        return refusal(400, 'InvalidParameterValueException', z.prettifyError(update.error));
      }
      const { FunctionVersion = versions.live } = update.data;
      if (!versions.has(FunctionVersion)) return notFound(`${functionArn(functionName)}:${FunctionVersion}`);
      versions.call(FunctionVersion);
    }
    return reply(200, {
      AliasArn: arn,
      Name: LIVE,
      FunctionVersion: versions.live,
      Description: '',
      RevisionId: randomUUID(),
    });
  };
  const { url, close } = await serveLoopback(answer);
  return { endpoint: url, close };
};
