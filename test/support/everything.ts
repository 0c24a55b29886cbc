import { randomUUID, scryptSync } from 'node:crypto';
import { OPENS_SESSION } from '../../client/print/places.ts';
import type { Session } from '../../functions/accounts/session.ts';
import { rowOfSession, sessionPointer, tokenKey, tokenRows } from '../../functions/accounts/tokens.ts';
import { shardOf } from '../../functions/outbox/outbox-index.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { randomId, randomToken } from '../../functions/table/ids.ts';
import { partitions } from '../../functions/table/partitions.ts';
import { requestCustomResource } from '../../infra/local/custom-resources.ts';
import type { Assembly } from '../../infra/local/template.ts';
import { CHECK, resourceName, stageNamed } from '../../infra/stages.ts';
import { accountCommands } from '../../ops/accounts.ts';
import { setUpCheck } from '../../ops/check-set-up.ts';
import { tableBehind, waitingEmail } from './behind.ts';
import type { Answer, TestStack } from './local-stack.ts';
import { linkIn } from './mailbox.ts';
import { runOps } from './ops.ts';
import { soundPosts } from './posts.ts';
import { aUser } from './users.ts';

/** What has the functions of a stack do all that they ever do, be it by what goes wrong around them. */

type Route = (typeof catalogue)[number];
type Get = Extract<Route, { method: 'GET' }>;
type Post = Extract<Route, { method: 'POST' }>;
const posts = catalogue.filter((route): route is Post => route.method === 'POST');
const gets = catalogue.filter((route): route is Get => route.method === 'GET');

const HOUR_MS = 60 * 60 * 1_000;
const PASSWORD = 'a good password';

const post = (api: TestStack, { path, sensitive }: Post, params: object, key?: string): Promise<Answer> => {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  return sensitive ? api.postEncoded(path, params, headers) : api.post(path, params, headers);
};

/** While no service's record can be read, every route's function tells the team. It has to be its first request. */
const withUnreadableRecords = async (api: TestStack): Promise<void> => {
  const records = await api.rows(partitions.deployments);
  for (const { pk, sk } of records) await api.put({ pk, sk });
  for (const route of posts) await post(api, route, {});
  for (const { path } of gets) await api.get(path, api.tokens.employee);
  for (const record of records) await api.put(record);
};

const sessionOf = async (api: TestStack, token: string): Promise<Session> => {
  const [row = {}] = await api.rows(tokenKey(token).pk);
  const stored = tokenRows.read(row);
  if (stored?.kind !== 'session') throw new Error('it is no session');
  return stored;
};

/** The session's user gets more sessions than a transaction takes. */
const addSessions = async (api: TestStack, session: Session): Promise<void> => {
  for (let number = 0; number < 100; number += 1) {
    const another = randomToken('ses');
    await api.put(rowOfSession(another, session));
    await api.put(sessionPointer(another, session));
  }
};

/** A session whose last use was some time ago is noted as used by whatever it calls. */
const withUnusedSessions = async (api: TestStack): Promise<void> => {
  const session = await sessionOf(api, api.tokens.employee);
  const last_used_at = new Date(Date.now() - 24 * HOUR_MS).toISOString();
  for (const route of catalogue) {
    const token = randomToken('ses');
    // Nobody else's session is to end by it.
    const whose = route.path === 'sessions/destroy_others' ? { user_id: randomId() } : {};
    await api.put(rowOfSession(token, { ...session, ...whose, last_used_at }));
    await (route.method === 'GET' ? api.get(route.path, token) : post(api, route, { token }));
  }
};

/** Each request that does something is done, sent again, and sent with the same key for something else. */
const sendingAgain = async (api: TestStack): Promise<void> => {
  for (const route of posts) {
    const key = randomUUID();
    const { params } = await soundPosts[route.path](api);
    // Mandrill has failed; when an e-mail is sent, that is forgotten.
    await api.put({ pk: partitions.circuit, sk: 'MANDRILL', kind: 'timeout', cause: 'no answer in time' });
    await post(api, route, params, key);
    await post(api, route, params, key);
    await post(api, route, { ...params, unknown: 1 }, key);
  }
};

/** A dry run looks whether a reference is taken, which the transaction finds in earnest. */
const dryRunning = async (api: TestStack): Promise<void> => {
  for (const { path, preview } of posts.map((route): Route & { preview?: unknown } => route)) {
    if (preview === undefined) continue;
    const { params } = await soundPosts[path as Post['path']](api);
    const reference = path.startsWith('orders/') ? { reference: randomUUID() } : {};
    await api.post(path, { ...params, ...reference, dry_run: true });
  }
};

/**
 * A session that was opened under a key is opened again when it has ended, and with it others end that are too many. A wrong
 * password is counted.
 */
const openingAgain = async (api: TestStack): Promise<void> => {
  for (const route of posts.filter(({ path }) => OPENS_SESSION.includes(path))) {
    const key = randomUUID();
    const { params } = await soundPosts[route.path](api);
    const token = (await post(api, route, params, key)).session?.token ?? '';
    await addSessions(api, await sessionOf(api, token));
    await api.post('sessions/destroy', { token });
    // What pointed to sessions that have ended with it goes with the next one.
    const { session } = await post(api, route, params, key);
    await api.post('sessions/destroy', { token: session?.token });
    await post(api, route, params, key);
    await post(api, route, { ...params, password: 'another password' }, key);
  }
};

/** A session is ended by its id. */
const endingById = async (api: TestStack): Promise<void> => {
  const email = `${randomUUID()}@example.org`;
  const { session } = await api.postEncoded('users/register', { email, password: PASSWORD, name: 'Nu' });
  const token = session?.token ?? '';
  const { data } = await api.get('sessions/list', token);
  await api.post('sessions/destroy', { token, session_id: data?.sessions[0]?.session_id });
};

/** An address is verified by its code, and another code is wrong. */
const verifyingByCode = async (api: TestStack): Promise<void> => {
  const email = `${randomUUID()}@example.org`;
  await api.postEncoded('users/register', { email, password: PASSWORD, name: 'Nu' });
  const { code } = linkIn(api, email);
  for (const given of [code, '000000']) await api.postEncoded('users/verify', { email, code: given });
};

/** Somebody who is invited to be an employee uses the link. */
const acceptingAnInvitation = async (api: TestStack): Promise<void> => {
  const email = `${randomUUID()}@example.org`;
  await runOps(accountCommands, api.target, 'employees', 'invite', email);
  await api.stack.runSchedules();
  await api.postEncoded('users/reset_password', { reset: linkIn(api, email).token, password: PASSWORD });
};

/** A password whose hash is outdated gets a new one. */
const signingInAfterYears = async (api: TestStack): Promise<void> => {
  const how = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
  const hash = scryptSync(PASSWORD, Buffer.from('old'), 32, how).toString('base64');
  const salt = Buffer.from('old').toString('base64');
  const { user, rows } = aUser({}, { algorithm: 'scrypt', ...how, salt, hash });
  for (const row of rows) await api.put(row);
  await api.postEncoded('sessions/create', { email: user.email, password: PASSWORD });
};

/** Somebody with more sessions than a transaction takes becomes a client. */
const registeringWithManySessions = async (api: TestStack): Promise<void> => {
  const { session: opened } = await api.postEncoded('users/register', {
    email: `${randomUUID()}@example.org`,
    password: PASSWORD,
    name: 'Nu',
  });
  const token = opened?.token ?? '';
  await addSessions(api, await sessionOf(api, token));
  await api.post('users/client_register', { token });
};

/** Whoever guesses a password or a link is counted. */
const guessing = async (api: TestStack): Promise<void> => {
  const { params } = await soundPosts['users/change_password'](api);
  await api.postEncoded('users/change_password', { ...params, current_password: 'a guess of mine' });
  await api.postEncoded('users/reset_password', { reset: 'a link of mine', password: 'another passphrase' });
};

/** What can be read is read, by those who see it all and by a client. */
const reading = async (api: TestStack): Promise<void> => {
  const { client_id, order_id } = api.freshOrder();
  const { email_id } = await waitingEmail(tableBehind(api), 'parked');
  const queries: Record<Get['path'], string[]> = {
    'clients/list': [''],
    'clients/show': [`?client_id=${client_id}`, '?email=ada.brook@example.com'],
    'deployments/list': [''],
    'emails/list': [''],
    'emails/show': [`?email_id=${email_id}`],
    'notifications/list': [''],
    'orders/history': [`?order_id=${order_id}`],
    'orders/list': ['', `?client_id=${client_id}`],
    'orders/show': [`?order_id=${order_id}`, `?client_id=${client_id}&reference=PO-1`],
    'orders/show_many': [`?order_ids=${order_id},1`],
    'sessions/list': [''],
    'sessions/show': [''],
  };
  for (const { path } of gets) {
    for (const query of queries[path]) {
      for (const token of [api.tokens.employee, api.tokens.client]) await api.get(path + query, token);
    }
  }
};

/** Schedules and queues run, with an e-mail that Mandrill does not take, and with something else among those. */
const runningSchedules = async (api: TestStack): Promise<void> => {
  const { client_id } = api.order('mail_fault');
  await waitingEmail(tableBehind(api), 'unsent', { client_id, at: new Date(Date.now() - HOUR_MS) });
  await waitingEmail(tableBehind(api), 'unsent', { user_id: randomId(), at: new Date(Date.now() - HOUR_MS) });
  await api.stack.runSchedules();
  await api.put({ pk: 'ODD', sk: 'ODD', unsent: shardOf(0), due_at: new Date().toISOString() });
  // Pages as well that something is wrong with a notification.
  await api.put({ pk: partitions.notifications, sk: 'ODD', state: 'open' });
  await api.stack.runSchedules();
};

/** Releases come until the first of them is forgotten, with the version of a function that only it was made of. */
const releasing = async (api: TestStack, { customResources }: Assembly): Promise<void> => {
  const [resource] = customResources.filter(({ type }) => type === 'Custom::Release');
  if (resource === undefined) throw new Error('there is no release');
  for (const version of ['1', '2', '3', '4', '5', '6']) {
    const functions = { 'plano-orders-dev-orders-show': version };
    const properties = { ...resource.properties, release: `0.0.${version}`, functions };
    await requestCustomResource('Update', { ...resource, properties }, api.stack.invoke, {});
  }
};

/** The API is checked from outside, with nothing to do so, and as it should be. */
const checkingFromOutside = async (api: TestStack): Promise<void> => {
  const check = resourceName(stageNamed('dev'), CHECK);
  await api.stack.runSchedules(check);
  await setUpCheck(api.target, new Date());
  await api.stack.runSchedules(check);
};

/** Does everything, in an order in which it can be done; the stack is good for nothing after that. */
export const doEverything = async (api: TestStack, assembly: Assembly): Promise<void> => {
  await withUnreadableRecords(api);
  await withUnusedSessions(api);
  await sendingAgain(api);
  await dryRunning(api);
  await openingAgain(api);
  await endingById(api);
  await verifyingByCode(api);
  await acceptingAnInvitation(api);
  await signingInAfterYears(api);
  await registeringWithManySessions(api);
  await guessing(api);
  await reading(api);
  await runningSchedules(api);
  await checkingFromOutside(api);
  await releasing(api, assembly);
  for (const resource of assembly.customResources)
    await requestCustomResource('Delete', resource, api.stack.invoke);
};
