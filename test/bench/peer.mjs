/**
 * orders/update as an entrant of a benchmark of HTTP stacks on Lambda, which times the same update by other stacks: its bundle, its
 * environment, a request, requests that must be refused, and what DynamoDB answers. Whoever sets `globalThis.peerBench` puts a
 * document client or a request handler of its own in the place of the bundle's.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');
const out = join(project, '.local/peer');
const TABLE_NAME = 'peers';
const fixtures = join(out, 'fixtures.json');

/** Has `connect` take a client or a transport from whoever has put one there. */
const door = {
  name: 'door',
  setup: ({ onLoad }) =>
    onLoad({ filter: /functions\/table\/table\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const contents = source
        .replace(
          'DynamoDBDocumentClient.from(',
          '(globalThis as any).peerBench?.documentClient ?? DynamoDBDocumentClient.from(',
        )
        .replace('requestHandler: {', 'requestHandler: (globalThis as any).peerBench?.requestHandler ?? {');
      if (contents.split('peerBench').length !== 3) throw new Error('table.ts has no place for the door');
      return { contents, loader: 'ts' };
    }),
};

const build = async () => {
  const [{ build }, { buildOptions }, { routeFolder }, { updateOrder }] = await Promise.all([
    import('esbuild'),
    import('../../infra/constructs/bundle.ts'),
    import('../../infra/constructs/route-function.ts'),
    import('../../functions/routes/orders/orders/update/route.ts'),
  ]);
  const options = buildOptions(routeFolder(updateOrder));
  await build({ ...options, outfile: join(out, 'index.cjs'), plugins: [door] });
};

/** An order of five line items of which all are completed in part, by an employee with a session. */
const exchange = async () => {
  const [{ rowOfOrder }, { rowOfSession }, { deploymentKey }] = await Promise.all([
    import('../../functions/orders/order-row.ts'),
    import('../../functions/accounts/tokens.ts'),
    import('../../functions/deployments/deployment-state.ts'),
  ]);
  const hoursAgo = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const updated_at = '2026-11-20T09:15:27.123Z';
  const [order_id, client_id] = [76_069_395_957_492, 5_550_100];
  const items = [1, 2, 3, 4, 5].map((number) => ({
    line_item_id: 1_000 + number,
    name: `Install unit ${number}, second floor`,
    quantity: 4,
  }));
  const appointments = [24, 25].map((day) => ({
    appt_id: 200 + day,
    status: 'scheduled',
    scheduled_for: `2999-11-${day}T09:00:00.000Z`,
    duration_minutes: 90,
    cancel_reason: null,
    cancel_note: null,
    cancelled_at: null,
    cancelled_by: null,
  }));
  const order = rowOfOrder({
    order_id,
    client_id,
    reference: null,
    status: 'open',
    notes: '',
    created_at: '2026-11-18T10:00:00.000Z',
    updated_at,
    line_items: items.map((item) => ({
      ...item,
      completed_quantity: 0,
      completed_date: null,
      completed_by: null,
    })),
    appointments,
  });
  const token = `ses_${'B'.repeat(43)}`;
  const session = rowOfSession(token, {
    user_id: 77,
    name: 'Robin Field',
    held: { client_id: null, employee: true, liaison_for: null },
    remember_me: false,
    created_at: hoursAgo(20),
    // Not long ago, so that its use is not to be noted.
    last_used_at: hoursAgo(0.01),
  });
  const deployed = { release: '0.3.0', deployed_at: hoursAgo(100) };
  const path = 'orders/update';
  const records = [
    { ...deploymentKey('service', 'orders'), name: 'orders', ...deployed },
    {
      ...deploymentKey('route', path),
      ...deployed,
      name: path,
      service: 'orders',
      method: 'POST',
      path,
      purpose: 'Changes an order.',
      sensitive: false,
      version: '7',
    },
  ];
  const params = {
    token,
    order_id,
    notes: 'Two units could not be reached; customer asked us to come back.',
    updated_at,
    line_items: items.map((item, index) => ({
      ...item,
      completed_quantity: (index + 1) % 5,
      ...(index < 4 && { completed_date: '2026-11-23', completed_by: 'Robin Field' }),
    })),
    appointment: { appt_id: appointments[1].appt_id },
  };
  const headers = {
    accept: 'application/json, text/plain, */*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'content-type': 'application/json',
    host: 'abcde12345.execute-api.eu-west-1.amazonaws.com',
    'user-agent': 'a program',
    'x-forwarded-for': '203.0.113.10',
    'x-forwarded-proto': 'https',
  };
  const routeKey = `POST /api/v1/${path}`;
  const event = {
    version: '2.0',
    routeKey,
    rawPath: `/api/v1/${path}`,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '123456789012',
      apiId: 'abcde12345',
      domainName: headers.host,
      domainPrefix: 'abcde12345',
      http: {
        method: 'POST',
        path: `/api/v1/${path}`,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.10',
        userAgent: headers['user-agent'],
      },
      requestId: 'UkZ5ojQmjoEEMJg=',
      routeKey,
      stage: '$default',
      time: '23/Nov/2026:10:00:00 +0000',
      timeEpoch: 1_795_428_000_000,
    },
    body: JSON.stringify(params),
    isBase64Encoded: false,
  };
  const changed = (changes) => ({ body: JSON.stringify({ ...params, ...changes }) });
  return {
    event,
    invalid: {
      'content type': { headers: { ...headers, 'content-type': 'text/plain' } },
      JSON: { body: event.body.slice(0, -1) },
      'missing field': changed({ token: undefined }),
      'wrong type': changed({ line_items: 'none' }),
      'unknown field': changed({ admin: true }),
      'stale updated_at': changed({ updated_at: '2020-01-01T00:00:00.000Z' }),
      'unknown line item': changed({ line_items: [{ line_item_id: 9, quantity: 3 }] }),
    },
    responses: [
      {
        op: 'BatchGetItem',
        match: 'DEPLOYMENT',
        output: { Responses: { [TABLE_NAME]: [...records, session, order] } },
      },
      { op: 'BatchGetItem', output: { Responses: { [TABLE_NAME]: [session, order] } } },
      { op: 'TransactWriteItems', output: {} },
      { op: 'UpdateItem', output: {} },
    ],
  };
};

// Processes that are timed import this file as well, for what is written here.
if (process.env.PEER_BUILT === undefined) {
  mkdirSync(out, { recursive: true });
  await build();
  writeFileSync(fixtures, JSON.stringify(await exchange()));
}

export const name = 'plano-orders';
export const bundle = join(out, 'index.cjs');
export const env = {
  PEER_BUILT: 'yes',
  TABLE_NAME,
  STAGE: 'production',
  MANDRILL_KEY_PARAMETER: '/plano-orders/production/mandrill-key',
  MANDRILL_URL: 'https://mandrillapp.com/api/1.0',
  EMAIL_FROM: 'orders@example.com',
  EMAIL_FROM_NAME: 'Plano',
  MANDRILL_PATIENCE_MS: '5000',
  METRICS_NAMESPACE: 'PlanoOrders/production',
};
export const { event, invalid, responses } = JSON.parse(readFileSync(fixtures, 'utf8'));
