import type { Database } from '../../infra/local/dynamodb.ts';
import type { Assembly } from '../../infra/local/template.ts';
import { functionOfRoute, resourceName, stageNamed } from '../../infra/stages.ts';
import { TestStack } from '../support/local-stack.ts';
import { type Case, cases, type Sent, send } from './cases.ts';
import { Meter, type Metered } from './meter.ts';

/** What one request of a case takes of DynamoDB. */
export interface Count {
  /** Requests to DynamoDB, of a function that has just started, and of one that has answered before. */
  cold: number;
  warm: number;
  /** Units of the table's capacity that a warm one consumes. */
  reads: number;
  writes: number;
}

/** A case as it was done, cold and warm. */
export interface Done {
  case: Case;
  functionName: string;
  /** What it was asked when it was warm. */
  sent: Sent;
  cold: readonly Metered[];
  warm: readonly Metered[];
}

/** The stack on this machine, with a meter between its functions and DynamoDB Local. */
export class MeteredStack {
  readonly api: TestStack;
  readonly functions: Assembly['functions'];
  readonly #meter: Meter;

  private constructor(api: TestStack, meter: Meter, { functions }: Assembly) {
    this.api = api;
    this.#meter = meter;
    this.functions = functions;
  }

  static async start(database: Database, assembly: Assembly, within: string): Promise<MeteredStack> {
    const meter = await Meter.start(database);
    const environment = { AWS_ENDPOINT_URL_DYNAMODB: meter.endpoint };
    const api = await TestStack.start({ database, assembly, within, environment, isDescribed: false });
    return new MeteredStack(api, meter, assembly);
  }

  async stop(): Promise<void> {
    await this.api.stop();
    await this.#meter.stop();
  }

  /** Does a case with a new instance of its function, and once more with the same. */
  async do(given: Case): Promise<Done> {
    const { api } = this;
    const functionName = resourceName(stageNamed('dev'), functionOfRoute(given.route.path));
    const { logicalId = '' } = this.functions.find(({ name }) => name === functionName) ?? {};
    const [first, sent] = [await given.make(api), await given.make(api)];
    const metered = (what: Sent) => this.#meter.during(logicalId, () => send(api, given, what));
    await api.stack.killFunction(functionName);
    return { case: given, functionName, sent, cold: await metered(first), warm: await metered(sent) };
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const countOf = ({ cold, warm }: Done): Count => ({
  cold: cold.length,
  warm: warm.length,
  reads: sum(warm.map(({ readUnits }) => readUnits)),
  writes: sum(warm.map(({ writeUnits }) => writeUnits)),
});

/**
 * All cases, one after another, since each is counted by itself.
 *
 * @param say hears which one comes next
 */
export const doAll = async (stack: MeteredStack, say: (line: string) => void): Promise<Done[]> => {
  const done: Done[] = [];
  for (const each of cases) {
    say(`  ${each.name}`);
    done.push(await stack.do(each));
  }
  return done;
};
