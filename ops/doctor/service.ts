import * as z from 'zod';
import { findDeployments } from '../../functions/adapters/deployment-state.ts';
import { BASE_PATH } from '../../functions/contract/define-route.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { logGroupName } from '../../infra/stages.ts';
import { awsCommand, stageOf, tableOf } from '../target.ts';
import { outputOf } from './account.ts';
import { type Check, deployCommand, note, ok, opsCommand, wrong } from './check.ts';

/** How the names that there are differ from those that there should be. */
const differences = (found: readonly string[], expected: readonly string[]): string[] => [
  ...expected.filter((name) => !found.includes(name)).map((name) => `${name} is missing`),
  ...found.filter((name) => !expected.includes(name)).map((name) => `${name} is unknown`),
];

const records: Check = {
  name: 'records',
  needs: ['table'],
  look: async (target) => {
    const { services, routes } = await findDeployments(tableOf(target));
    const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);
    const faults = [
      ...differences(names(services), [...new Set(catalogue.map(({ service }) => service))]),
      ...differences(
        names(routes),
        catalogue.map(({ path }) => path),
      ),
    ];
    if (faults.length > 0) return wrong(`${faults.join('; ')}.`, deployCommand(target));
    const withdrawn = Object.entries({ services, routes }).flatMap(([kind, all]) =>
      all
        .filter(({ withdrawn_at }) => withdrawn_at !== undefined)
        .map(({ name }) => `${kind} restore ${name}`),
    );
    const [first] = withdrawn;
    if (first === undefined)
      return ok(`${services.length} services and ${routes.length} routes are deployed`);
    const which = withdrawn.map((words) => words.replace(' restore', ''));
    return note(`Withdrawn by hand: ${which.join('; ')}.`, opsCommand(target, first));
  },
};

const WAIT_MS = 15_000;
const answerSchema = z.object({ status: z.string() });

/** What the API is asked, without a token, and what it must answer. */
const QUESTIONS = [
  { path: 'ops/doctor', http: 500, status: 'route-non-existent', log: 'gateway' },
  { path: 'sessions/show', http: 400, status: 'missing-param', log: 'auth' },
];

const api: Check = {
  name: 'API',
  needs: ['api stack', 'records'],
  look: async (target) => {
    const url = target.running?.url ?? (await outputOf(target, 'ApiUrl'));
    for (const { path, http, status, log } of QUESTIONS) {
      const logs = `logs tail ${logGroupName(stageOf(target), log)} --since 10m`;
      const type = target.stage === undefined ? 'npm start' : awsCommand(target, logs);
      const asked = `GET ${url}${BASE_PATH}/${path}`;
      const response = await fetch(`${url}${BASE_PATH}/${path}`, {
        signal: AbortSignal.timeout(WAIT_MS),
      }).catch(() => undefined);
      if (response === undefined) return wrong(`${asked} gets no answer.`, type);
      const answer = answerSchema.safeParse(await response.json().catch(() => undefined));
      if (response.status !== http || answer.data?.status !== status) {
        const got = `${response.status} ${answer.data?.status ?? 'without our envelope'}`;
        return wrong(`${asked} gets ${got}, not ${http} ${status}.`, type);
      }
    }
    return ok(`${url} answers`);
  },
};

export const serviceChecks = [records, api];
