import { findCredential, isToken, recordLeftOverUse, recordUse } from '../adapters/tokens.ts';
import type { Route } from '../contract/define-route.ts';
import { Refused } from '../contract/refused.ts';
import { type Caller, rolesOf } from '../domain/caller.ts';
import { mustRecordUse, type Session, stateOf, viewOf } from '../domain/session.ts';
import { type Exchange, found, type Middleware, type PipelineRequest } from './exchange.ts';

/** Finds out who calls: the token must be there, known, and live, and a session's user must have a role. */
export const authenticate = (route: Route): Middleware => ({
  before: async ({ context: { exchange } }) => {
    const params = found(exchange, 'params');
    if (exchange.tokenFaults.length > 0) throw params.refusal(exchange.tokenFaults);
    const token = found(exchange, 'token');
    if (!isToken(token)) throw new Refused('invalid-token');
    const table = found(exchange, 'table');
    // One batch reads the token and what the action asks for. A failure of it fails the token's read as well.
    exchange.action?.prefetch?.(params.sound).catch(() => undefined);
    const credential = await findCredential(table, token);
    if (credential?.kind === 'session') {
      exchange.caller = userOf(exchange, token, credential.session);
    } else if (credential?.scopes.includes(route.access.scope)) {
      const { application_id: id, name, scopes } = credential;
      exchange.caller = { kind: 'application', id, name, scopes };
    } else {
      throw new Refused('invalid-token');
    }
  },
  after: recordUseOfSession,
  onError: recordUseOfSession,
});

const userOf = (exchange: Exchange, token: string, session: Session): Caller => {
  const state = stateOf(session, exchange.now);
  if (state === 'forgotten') throw new Refused('invalid-token');
  if (state === 'expired') throw new Refused('session-expired');
  if (mustRecordUse(session, exchange.now)) recordUse(found(exchange, 'table'), token, exchange.now);
  if (rolesOf(session.held).length === 0) {
    throw new Refused('client-required', { session: viewOf(session, token) });
  }
  return { kind: 'user', id: session.user_id, name: session.name, held: session.held };
};

/** Records what no transaction recorded. That it fails is for the log, and no reason to withhold an answer. */
async function recordUseOfSession({ context: { exchange } }: PipelineRequest): Promise<void> {
  if (exchange.table === undefined) return;
  await recordLeftOverUse(exchange.table).catch((error: unknown) => exchange.faults.push(error));
}
