import { DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionVersion } from '../../deployments/releases.ts';
import { described } from '../../pipeline/redact.ts';
import { writeLine } from '../../pipeline/write-line.ts';
import { SERVICE } from '../custom-resource.ts';

/**
 * Deletes versions of functions, one after another: Lambda takes 15 such changes a second. One to which an alias points, as
 * when somebody has gone back to it, Lambda does not delete. What is not deleted is logged, and fails nothing: it does no
 * harm, but takes of the 75 GB that the account has for code.
 *
 * @param signal ends it before the function is out of time
 */
export const deleteVersions = async (
  versions: readonly FunctionVersion[],
  signal: AbortSignal,
): Promise<void> => {
  if (versions.length === 0) return;
  const client = new LambdaClient({});
  for (const { name, version } of versions) {
    const command = new DeleteFunctionCommand({ FunctionName: name, Qualifier: version });
    await client.send(command, { abortSignal: signal }).then(
      () => writeLine({ service: SERVICE, message: 'version deleted' }, { function: name, version }),
      (error: Error) =>
        writeLine(
          { service: SERVICE, message: 'version not deleted', warns: true },
          { function: name, version, error: described(error) },
        ),
    );
  }
};
