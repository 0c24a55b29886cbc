import * as z from 'zod';
import { BASE_PATH } from '../../functions/contract/define-route.ts';
import { logGroupName } from '../../infra/stages.ts';
import { apiUrlOf } from '../api-url.ts';
import { compareRecords } from '../compare-records.ts';
import { awsCommand, opsCommand, stageOf, tableOf } from '../target.ts';
import { type Check, note, ok, wrong } from './check.ts';

const records: Check = {
  name: 'records',
  needs: ['table'],
  look: async (target) => {
    const compared = await compareRecords(tableOf(target));
    const faults = compared.filter(({ state }) => state !== 'sound');
    if (faults.length > 0) {
      const said = { missing: 'is missing', unreadable: 'cannot be read', unknown: 'is unknown', sound: '' };
      const prune = faults.some(({ state }) => state === 'unknown') ? ' --prune' : '';
      return wrong(
        `${faults.map(({ name, state }) => `${name} ${said[state]}`).join('; ')}.`,
        opsCommand(target, `records rewrite${prune}`),
      );
    }
    const withdrawn = compared.filter(
      (each) => each.state === 'sound' && each.record.withdrawn_at !== undefined,
    );
    const [first] = withdrawn;
    if (first === undefined) return ok(`${compared.length} services and routes are deployed`);
    return note(
      `Withdrawn by hand: ${withdrawn.map(({ kind, name }) => `${kind} ${name}`).join('; ')}.`,
      opsCommand(target, `${first.kind}s restore ${first.name}`),
    );
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
    const url = await apiUrlOf(target);
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
