import { type Caller, rolesOf } from '../accounts/caller.ts';
import { forgottenAt, mustRecordUse, type OpenedSession, stateOf, viewOf } from '../accounts/session.ts';
import { noteUse, useOf } from '../accounts/session-use.ts';
import { findCredential, isInForce, isToken, mustNoteUse, tokenKey } from '../accounts/tokens.ts';
import type { Access, Route } from '../contract/define-route.ts';
import { Refused, refusalOf } from '../contract/refused.ts';
import { TableUnavailable } from '../table/retry.ts';
import { isDryRun } from './dry-run.ts';
import { type Exchange, type Identity, type Middleware, need, type PipelineRequest } from './exchange.ts';
import { idempotencyKeyOf } from './idempotency.ts';

/** Finds out who calls: the token must be there, known, and live, and a session's user must have a role. */
export const authenticate = (route: Route): Middleware => ({
  before: async ({ event, context: { exchange } }) => {
    const params = need(exchange, 'params');
    if (exchange.tokenFaults.length > 0) throw refusalOf([...exchange.tokenFaults, ...params.faults]);
    const token = need(exchange, 'token');
    if (!isToken(token)) throw new Refused('invalid-token');
    // One batch reads the token and what the action asks for. A failure of it fails the token's read as well.
    exchange.action?.prefetch?.(params.sound).catch(() => undefined);
    const credential = await findCredential(need(exchange, 'table'), token);
    await exchange.identifying;
    if (credential?.kind === 'session') {
      exchange.identity = sessionOf(exchange, { token, session: credential.session }, route.access);
      // A read has no transaction that the note could join: it goes out beside the action's own reads.
      if (route.method === 'GET') noteUseAlone(exchange);
    } else if (
      credential?.kind === 'application' &&
      isInForce(credential, exchange.now) &&
      mayUse(credential.scopes, route.access)
    ) {
      if (mustNoteUse(credential, exchange.now) && !isDryRun(exchange)) {
        exchange.use = useOf(tokenKey(token), undefined, exchange.now);
      }
      const { application_id: id, name, scopes } = credential;
      const caller: Caller = { kind: 'application', id, name, scopes };
      exchange.identity = { kind: 'application', caller };
      if (route.method === 'GET') noteUseAlone(exchange);
    } else {
      const key = route.endsSession ? idempotencyKeyOf(route, event, exchange) : undefined;
      const record = await key?.find();
      if (record === undefined) throw new Refused('invalid-token');
      // The session is unknown because this very request has ended it.
      exchange.identity = { kind: 'done-before', record };
    }
  },
  after: finishNoting,
  onError: async (request) => {
    // A table that is away is not asked once more for so little; what is under way is waited for.
    if (request.error instanceof TableUnavailable) await request.context.exchange.noting;
    else await finishNoting(request);
  },
});

/** Whether an application with these scopes may use a route. */
const mayUse = (scopes: readonly string[], access: Access): boolean =>
  typeof access === 'object' && scopes.includes(access.scope);

/** The identity of a session's user; its use is noted from here on, unless by a dry run, which writes nothing. */
const sessionOf = (exchange: Exchange, { token, session }: OpenedSession, access: Access): Identity => {
  const state = stateOf(session, exchange.now);
  if (state === 'forgotten') throw new Refused('invalid-token');
  if (state === 'expired') throw new Refused('session-expired');
  const isNoted = mustRecordUse(session, exchange.now);
  if (isNoted && !isDryRun(exchange))
    exchange.use = useOf(tokenKey(token), forgottenAt(session), exchange.now);
  const last_used_at = isNoted ? exchange.now.toISOString() : session.last_used_at;
  const opened = { token, session: { ...session, last_used_at } };
  if (access !== 'session' && rolesOf(session.held).length === 0) {
    throw new Refused('client-required', { session: viewOf(opened) });
  }
  const caller = {
    kind: 'user' as const,
    id: session.user_id,
    name: session.name,
    held: session.held,
  };
  return { kind: 'session', caller, opened };
};

/** Notes the use of the token by itself. That it cannot be noted is for the log, and no reason to withhold an answer. */
const noteUseAlone = (exchange: Exchange): void => {
  const { table, use, faults } = exchange;
  if (table === undefined || use === undefined) return;
  exchange.use = undefined;
  exchange.noting = noteUse(table, use).catch((error: unknown) => faults.push(error));
};

/** Notes what no transaction has noted, and waits for what is under way. */
async function finishNoting({ context: { exchange } }: PipelineRequest): Promise<void> {
  noteUseAlone(exchange);
  await exchange.noting;
}
