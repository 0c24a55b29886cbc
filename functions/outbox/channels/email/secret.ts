import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';

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

/** What this instance has read, by name, for its life. */
const known = new Map<string, string>();

/**
 * A secret, a parameter of SSM's, for the time of one invocation. Its value is kept for the life of the function's instance,
 * and read once in an invocation at most, whoever asks for it at the same time, also while it is wrong or none is set.
 */
export class Secret {
  readonly #name: string;
  /** What is being read, or was, in this invocation. */
  #reading: Promise<string | undefined> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * The value; undefined if none is set.
   *
   * @throws what SSM answers otherwise, or the abort reason
   */
  async value(signal: AbortSignal): Promise<string | undefined> {
    return this.#reading ?? known.get(this.#name) ?? this.current(signal);
  }

  /** The value as SSM has it, for whoever has found the one that is kept to be wrong; it throws as `value` does. */
  current(signal: AbortSignal): Promise<string | undefined> {
    this.#reading ??= this.#read(signal);
    return this.#reading;
  }

  async #read(signal: AbortSignal): Promise<string | undefined> {
    const value = await readParameter(new SSMClient(), this.#name, { abortSignal: signal });
    if (value === undefined) known.delete(this.#name);
    else known.set(this.#name, value);
    return value;
  }
}
