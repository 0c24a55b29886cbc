import { setTimeout } from 'node:timers/promises';
import {
  GetAliasCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { LIVE } from '../../infra/stages.ts';
import type { Target } from '../target.ts';

/** Where the calls of a function go. */
export interface Alias {
  version: string;
  /** While a rollout shifts them, which part of them goes to another version, from 0 to 1. */
  shifting: { version: string; part: number } | undefined;
}

/** The aliases by which a target's functions are called. Errors are Lambda's own. */
export class Aliases {
  readonly #client: LambdaClient;
  readonly #pauseMs: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ lambda, lambdaPauseMs }: Target) {
    this.#client = new LambdaClient(lambda);
    this.#pauseMs = lambdaPauseMs;
  }

  /** The alias of a function; undefined if there is no such function. */
  async find(functionName: string): Promise<Alias | undefined> {
    const command = new GetAliasCommand({ FunctionName: functionName, Name: LIVE });
    try {
      const { FunctionVersion = '', RoutingConfig } = await this.#paced(() => this.#client.send(command));
      const [other] = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
      return { version: FunctionVersion, shifting: other && { version: other[0], part: other[1] } };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  /** The aliases of functions, by their names; undefined of those that there are not. */
  async findAll(functionNames: Iterable<string>): Promise<Map<string, Alias | undefined>> {
    const aliases = new Map<string, Alias | undefined>();
    for (const name of new Set(functionNames)) aliases.set(name, await this.find(name));
    return aliases;
  }

  /** Has all calls of a function go to a version, also those that a rollout has just been shifting elsewhere. */
  async move(functionName: string, version: string): Promise<void> {
    const command = new UpdateAliasCommand({
      FunctionName: functionName,
      Name: LIVE,
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: {} },
    });
    await this.#paced(() => this.#client.send(command));
  }

  async #paced<T>(send: () => Promise<T>): Promise<T> {
    await this.#turn;
    this.#turn = setTimeout(this.#pauseMs);
    return send();
  }
}
