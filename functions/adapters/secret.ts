import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

let cached: { name: string; value: string } | undefined;

/**
 * The value of a parameter of SSM's, decrypted; undefined if there is none of that name.
 *
 * @throws what else SSM answers, or the abort reason
 */
export const readParameter = async (
  client: SSMClient,
  name: string,
  options: { abortSignal?: AbortSignal } = {},
): Promise<string | undefined> => {
  try {
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    return (await client.send(command, options)).Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
};

/**
 * The value of a secret, a parameter, kept for the life of the function's instance; undefined if none is set, which is not
 * kept. SSM's client is not imported dynamically: of a package that is, the bundler keeps everything, and 100 KB that are
 * never used cost more at each cold start than evaluating the little that is.
 *
 * @throws what SSM answers otherwise, or the abort reason
 */
export const readSecret = async (name: string, signal: AbortSignal): Promise<string | undefined> => {
  if (cached?.name === name) return cached.value;
  const value = await readParameter(new SSMClient(), name, { abortSignal: signal });
  cached = value === undefined ? undefined : { name, value };
  return value;
};

/** Forgets a secret's value, so that it is read again: it was found to be wrong. */
export const forgetSecret = (): void => {
  cached = undefined;
};
