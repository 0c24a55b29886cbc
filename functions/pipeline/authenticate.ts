import { rolesOf, type UserCaller } from '../accounts/caller.ts';
import { mustRecordUse, type OpenedSession, stateOf, viewOf } from '../accounts/session.ts';
import { recordLeftOverUse, recordUse } from '../accounts/session-use.ts';
import { findCredential, isToken, tokenKey } from '../accounts/tokens.ts';
import type { Access, Route } from '../contract/define-route.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import { TableUnavailable } from '../table/retry.ts';
import type { Table } from '../table/table.ts';
import { type Exchange, found, type Middleware, type PipelineRequest } from './exchange.ts';
import { idempotencyKeyOf } from './idempotency.ts';

/** Finds out who calls: the token must be there, known, and live, and a session's user must have a role. */
export const authenticate = (route: Route): Middleware => ({
  before: async ({ event, context: { exchange } }) => {
    const params = found(exchange, 'params');
    if (exchange.tokenFaults.length > 0) throw refusalOf([...exchange.tokenFaults, ...params.faults]);
    const token = found(exchange, 'token');
    if (!isToken(token)) throw new Refused('invalid-token');
    const table = found(exchange, 'table');
    // One batch reads the token and what the action asks for. A failure of it fails the token's read as well.
    exchange.action?.prefetch?.(params.sound).catch(() => undefined);
    const credential = await findCredential(table, token);
    if (credential?.kind === 'session') {
      exchange.caller = userOf(exchange, { token, session: credential.session }, route.access);
      // A read has no transaction that the record could join: it goes out beside the action's own reads.
      if (route.method === 'GET') exchange.useRecorded = recordSessionUse(exchange, table);
    } else if (credential?.kind === 'application' && mayUse(credential.scopes, route.access)) {
      const { application_id: id, name, scopes } = credential;
      exchange.caller = { kind: 'application', id, name, scopes };
    } else {
      const key = route.endsSession ? idempotencyKeyOf(route, event, exchange) : undefined;
      const record = await key?.find();
      if (record === undefined) throw new Refused('invalid-token');
      // The session is unknown because this very request has ended it.
      exchange.doneBefore = record;
    }
  },
  after: finishRecording,
  onError: async (request) => {
    // A table that is away is not asked once more for so little; what is under way is waited for.
    if (request.error instanceof TableUnavailable) await request.context.exchange.useRecorded;
    else await finishRecording(request);
  },
});

/** Whether an application with these scopes may use a route. */
const mayUse = (scopes: readonly string[], access: Access): boolean =>
  typeof access === 'object' && scopes.includes(access.scope);

const userOf = (exchange: Exchange, { token, session }: OpenedSession, access: Access): UserCaller => {
  const state = stateOf(session, exchange.now);
  if (state === 'forgotten') throw new Refused('invalid-token');
  if (state === 'expired') throw new Refused('session-expired');
  const records = mustRecordUse(session, exchange.now);
  if (records) recordUse(found(exchange, 'table'), tokenKey(token), session, exchange.now);
  const last_used_at = records ? exchange.now.toISOString() : session.last_used_at;
  const opened = { token, session: { ...session, last_used_at } };
  if (access !== 'session' && rolesOf(session.held).length === 0) {
    throw new Refused('client-required', { session: viewOf(opened) });
  }
  exchange.opened = opened;
  return { kind: 'user', id: session.user_id, name: session.name, held: session.held };
};

/** That a use cannot be recorded is for the log, and no reason to withhold an answer. */
const recordSessionUse = ({ faults }: Exchange, table: Table): Promise<unknown> =>
  recordLeftOverUse(table).catch((error: unknown) => faults.push(error));

/** Records what no transaction recorded, and waits for what is under way. */
async function finishRecording({ context: { exchange } }: PipelineRequest): Promise<void> {
  if (exchange.table === undefined) return;
  await (exchange.useRecorded ?? recordSessionUse(exchange, exchange.table));
}
