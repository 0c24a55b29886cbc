import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { Described } from '../../functions/contract/describe-route.ts';
import type { Status } from '../../functions/contract/statuses.ts';
import { DeploymentRecords } from '../../functions/deployments/deployment-records.ts';
import { statusesOf } from '../../functions/documents/reference/statuses-of.ts';
import { documentedRoutes } from '../../functions/routes/documented.ts';
import { openApi } from '../../infra/constructs/reference-documents.ts';
import { DEMO_EMPLOYEE, DEMO_PASSWORD } from '../../infra/local/demo.ts';
import { type Answer, aDatabase, TestStack } from '../support/local-stack.ts';
import { soundPosts } from '../support/posts.ts';
import { internalError, Wire } from '../support/wire.ts';

/**
 * That no status is in the reference which no route gives: each is produced once, for one route of each kind. Routes are of one kind
 * if the reference has the same statuses of them, and their bodies are encoded alike.
 */

const kinds = [
  ...Map.groupBy(documentedRoutes, (described) =>
    JSON.stringify([described.route.method, described.route.sensitive, statusesOf(described)]),
  ).values(),
].flatMap(([first]) => first ?? []);

let [wire, api] = [undefined as never as Wire, undefined as never as TestStack];

/** What a request differs in from one that has nothing in it but its route. */
interface Given {
  token?: string;
  params?: object;
  /** What is sent in the place of the parameters. */
  body?: string;
  contentType?: string;
  method?: string;
}

const send = (
  { route }: Described,
  { token, params = {}, body, contentType = 'application/json', method = route.method }: Given,
): Promise<Answer> => {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  if (method !== 'POST') {
    const query = new URLSearchParams(params as Record<string, string>);
    return api.send(`${route.path}?${query}`, { method, headers });
  }
  const json = JSON.stringify(params);
  const sent = body ?? (route.sensitive ? Buffer.from(json).toString('base64') : json);
  return api.send(route.path, { method, headers: { ...headers, 'content-type': contentType }, body: sent });
};

/** Parameters with which something is done, the token among those of a `POST`. */
const soundOf = async ({ route }: Described): Promise<Given> => {
  // The users that others make have no role yet.
  if (route.path === 'sessions/create') {
    return { params: { email: DEMO_EMPLOYEE, password: DEMO_PASSWORD } };
  }
  const sound = soundPosts[route.path as keyof typeof soundPosts];
  if (sound !== undefined) return { params: (await sound(api)).params };
  const { order_id, client_id } = api.freshOrder();
  const named: Record<string, object> = {
    'orders/show': { order_id: String(order_id) },
    'clients/show': { client_id: String(client_id) },
  };
  return { token: api.tokens.employee, params: named[route.path] ?? {} };
};

/** The session of somebody whose address is not verified. */
let unverified = '';

/** A wrong password, an address that is taken, or a message too many: what is done until no more attempts are let through. */
const attemptOf = ({ route }: Described): Given => {
  const [email, password] = [DEMO_EMPLOYEE, 'another password'];
  switch (route.path) {
    case 'users/register':
      return { params: { email, password, name: 'Nu' } };
    case 'users/send_verification':
      return { token: unverified, params: { token: unverified } };
    case 'users/change_password':
      return { params: { token: api.tokens.employee, current_password: password, password } };
    case 'users/request_password_reset':
      return { params: { email } };
    default:
      return { params: { email, password } };
  }
};

/** Parameters for an e-mail that Mandrill does not take. */
const rejectedBy = async ({ route }: Described): Promise<Given> => {
  if (route.path === 'orders/create') {
    const { client_id } = api.order('mail_rejected');
    return {
      token: api.tokens.employee,
      params: { client_id, line_items: [{ name: 'Hedge', quantity: 1 }] },
    };
  }
  const somebody = { email: `rejected-${randomUUID()}@example.org`, password: DEMO_PASSWORD, name: 'Nu' };
  if (route.path === 'users/register') return { params: somebody };
  const { session, data } = await api.postEncoded('users/register', somebody);
  const token = session?.token;
  if (route.path === 'users/send_verification') return { params: { token } };
  // Nothing else is sent to an address that is not verified.
  const rows = await api.rows(`USER#${data?.user.user_id}`);
  await api.put({ ...rows.find(({ sk }) => sk === 'USER'), email_verified: true });
  const isChange = route.path === 'users/change_password';
  const passwords = { current_password: DEMO_PASSWORD, password: 'another good password' };
  return { params: { token, ...(isChange && passwords) } };
};

/** How each status is produced that a route gives as it is deployed, and while the table is there. */
const ways: Partial<Record<Status, (described: Described) => Promise<Answer>>> = {
  'invalid-content-type': (described) => send(described, { contentType: 'text/plain', body: '{}' }),
  'invalid-encoded-params': (described) => send(described, { body: '{' }),
  'no-params-decoded': (described) => send(described, {}),
  'missing-param': (described) => send(described, { params: { colour: 'red' } }),
  'invalid-param': async (described) => {
    const { params, ...sound } = await soundOf(described);
    return send(described, { ...sound, params: { ...params, colour: 'red' } });
  },
  'invalid-token': (described) => send(described, { token: 'x', params: { colour: 'red' } }),
  'session-expired': (described) => send(described, { token: api.tokens.expired, params: { colour: 'red' } }),
  'client-required': (described) =>
    described.route.path === 'sessions/create'
      ? send(described, { params: { email: 'nora.vale@example.com', password: DEMO_PASSWORD } })
      : send(described, { token: api.tokens.no_role, params: { colour: 'red' } }),
  'permission-required': (described) =>
    send(described, { token: api.tokens.client, params: { colour: 'red' } }),
  'mandrill-email-failed': async (described) => send(described, await rejectedBy(described)),
  'route-non-existent': (described) => send(described, { method: 'DELETE' }),
  'action-successful': async (described) => send(described, await soundOf(described)),
  'too-many-attempts': async (described) => {
    for (let count = 0; count < 40; count += 1) {
      const answer = await send(described, attemptOf(described));
      if (answer.status === 'too-many-attempts') return answer;
    }
    return send(described, attemptOf(described));
  },
};

/** What each kind has answered, by what it was to answer. */
const produced = new Map<Described, Partial<Record<Status, Status>>>(kinds.map((kind) => [kind, {}]));

const note = (kind: Described, wanted: Status, { status }: Answer): void => {
  produced.set(kind, { ...produced.get(kind), [wanted]: status });
};

/** Has all kinds answer a request while the table is away, at once, since each waits for it. */
const produceWithoutTable = async (wanted: Status, given: (kind: Described) => Given): Promise<void> => {
  for (const operation of ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem', 'TransactWriteItems']) {
    wire.fail(operation, internalError, Number.POSITIVE_INFINITY);
  }
  await Promise.all(kinds.map(async (kind) => note(kind, wanted, await send(kind, given(kind)))));
  wire.reset();
};

const any: Given = { token: 'x', params: { colour: 'red' } };

/** Has functions start anew, which then read what is deployed. */
const startAnew = () =>
  Promise.all(
    kinds.map(({ route }) => api.stack.killFunction(`plano-orders-dev-${route.path.replaceAll('/', '-')}`)),
  );

/** Has all kinds answer a request while something is withdrawn, by its name. */
const produceWithdrawn = async (
  wanted: Status,
  kindOfRecord: 'service' | 'route',
  nameOf: (kind: Described) => string,
): Promise<void> => {
  const records = new DeploymentRecords(api.documents, api.stack.tableName);
  const names = new Set(kinds.map(nameOf));
  for (const name of names) await records.withdraw(kindOfRecord, name, new Date());
  await startAnew();
  for (const kind of kinds) note(kind, wanted, await send(kind, any));
  for (const name of names) await records.restore(kindOfRecord, name);
  await startAnew();
};

beforeAll(async () => {
  wire = await Wire.start(inject('dynamoDbEndpoint'));
  api = await TestStack.start({ database: aDatabase(wire.endpoint) });
  const somebody = { email: 'unverified@example.org', password: DEMO_PASSWORD, name: 'Nu' };
  unverified = (await api.postEncoded('users/register', somebody)).session?.token ?? '';
  await startAnew();
  await produceWithoutTable('identify-request-error', () => any);
  await produceWithdrawn('service-not-found', 'service', ({ route }) => route.service);
  await produceWithdrawn('route-not-found', 'route', ({ route }) => route.path);
  // In the order of the table of ways: after too many attempts nobody can register any more.
  for (const [status, way] of Object.entries(ways) as [Status, NonNullable<(typeof ways)[Status]>][]) {
    for (const kind of kinds.filter((each) => statusesOf(each).includes(status))) {
      note(kind, status, await way(kind));
    }
  }
  // What is deployed is read every 30 seconds, and is to be known when the table goes.
  await startAnew();
  for (const kind of kinds) await send(kind, any);
  await produceWithoutTable('application-crash', (kind) => ({
    token: api.tokens.employee,
    ...attemptOf(kind),
  }));
});
afterAll(async () => {
  await api?.stop();
  await wire?.stop();
});

it.each(kinds)('The route $route.path gives every status that the reference has of it', (kind) => {
  const promised = Object.fromEntries(statusesOf(kind).map((status) => [status, status]));
  expect(produced.get(kind)).toEqual(promised);
});

it('The reference itself is there for whoever asks', async () => {
  const response = await fetch(`${api.stack.url}/openapi.json`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApi())));
  expect((await fetch(`${api.stack.url}/openapi.json`, { method: 'HEAD' })).status).toBe(200);
});
