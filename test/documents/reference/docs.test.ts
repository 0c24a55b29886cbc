import { describe, expect, it } from 'vitest';
import { codeDocs } from '../../../functions/contract/code-docs.ts';
import { statuses } from '../../../functions/contract/statuses.ts';
import { RESPONSE_ORDER, servicesOf } from '../../../functions/documents/reference/docs.ts';
import { documentedRoutes } from '../../../functions/routes/documented.ts';
import { buildReference } from '../../../infra/constructs/reference-documents.ts';

const documents = buildReference();
const html = documents['/docs'].text;
const markdown = documents['/docs.md'].text;
const services = servicesOf(documentedRoutes);
const routes = services.flatMap((service) => service.routes);

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
/** The words of a document, without what marks them up. */
const plain = (text: string): string =>
  text
    .replaceAll(/<[a-z/][^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name] ?? '')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ');
const textOf = { html: plain(html), markdown: plain(markdown) };

const sectionOf = (id: string): string => {
  const section = html.split('<article').find((each) => each.includes(`<h3 id="${id}"`));
  return section?.slice(0, section.indexOf('</article>')) ?? '';
};

/** Of the page that clients know `orders/update` by. */
const KNOWN = {
  params: [
    ['token', 'string', true],
    ['order_id', 'integer', true],
    ['notes', 'string', false],
    ['updated_at', 'string', true],
    ['line_items', 'array_of_objects', false],
    ['line_items.name', 'string', false],
    ['line_items.line_item_id', 'integer', false],
    ['line_items.quantity', 'integer', false],
    ['line_items.completed_quantity', 'integer', false],
    ['line_items.completed_date', 'string', false],
    ['line_items.completed_by', 'string', false],
    ['appointment', 'hash', true],
    ['appointment.appt_id', 'integer', true],
    ['appointment.cancel_reason', 'string', false],
    ['appointment.cancel_note', 'string', false],
  ],
  responses: [
    ['action-successful', 200],
    ['invalid-token', 401],
    ['session-expired', 401],
    ['client-required', 401],
    ['missing-param', 400],
    ['invalid-param', 400],
    ['application-crash', 500],
    ['mandrill-email-failed', 500],
    ['invalid-content-type', 400],
    ['route-non-existent', 500],
  ],
  uncommon: [
    'no-params-decoded',
    'invalid-encoded-params',
    'route-not-found',
    'identify-request-error',
    'service-not-found',
  ],
};

const responsesIn = (section: string) =>
  [...section.matchAll(/<dt><code>([a-z-]+)<\/code> <span class="http h\d">(\d+)</g)].map(
    ([, status, http]) => [status, Number(http)],
  );

describe('orders/update', () => {
  const section = sectionOf('orders-update');

  it('The section of orders/update has every parameter that its clients know, in its place, with its type and whether it is required', () => {
    const params = [
      ...section.matchAll(
        /<dt id="[^"]+"><a [^>]+><code>([^<]+)<\/code><\/a> <span class="type">(\w+)<\/span>( <strong>required)?/g,
      ),
    ].map(([, name, type, required]) => [name, type, required !== undefined]);
    expect(params.slice(0, -2)).toEqual(KNOWN.params);
    expect(params.slice(-2).map(([name]) => name)).toEqual(['reference', 'dry_run']);
  });

  it('The section of orders/update has every status that its clients know, in its place and with its HTTP code', () => {
    const [common = '', uncommon = ''] = section.split('id="orders-update-uncommon-responses"');
    expect(responsesIn(common)).toEqual(KNOWN.responses);
    expect(responsesIn(uncommon).map(([status]) => status)).toEqual(KNOWN.uncommon);
  });

  it('The section of orders/update has the parts that its clients know, in their order, and what came with it', () => {
    const parts = [...section.matchAll(/<h4 id="[^"]+"><a [^>]+>([^<]+)</g)].map(([, title]) => title);
    expect(parts).toEqual([
      'Purpose',
      'Parameters',
      'Request Body Example',
      'Request',
      'Answer',
      'Answer to a Dry Run',
      'Responses',
      'Uncommon Responses',
    ]);
    expect(section).toContain('application/json');
  });
});

it('The reference has every route of the catalogue, each with its address, and every code', () => {
  const paths = documentedRoutes.map(({ route }) => route.path);
  expect(routes.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  for (const { id, url, method } of routes) expect(plain(sectionOf(id))).toContain(`${method} ${url}`);
  for (const code of Object.keys(codeDocs)) expect(html).toContain(`id="code-${code}"`);
});

it('The reference shows what a dry run answers on every route that takes it', () => {
  const taking = routes.filter(({ params }) => params.some(({ name }) => name === 'dry_run'));
  expect(taking).toHaveLength(4);
  for (const { dryAnswer = '' } of taking) {
    expect(JSON.parse(dryAnswer).data).toEqual({
      order: expect.not.objectContaining({ updated_at: expect.anything() }),
      changes: expect.arrayContaining([expect.anything()]),
      email: { kind: expect.any(String), subject: expect.any(String), text: expect.any(String) },
    });
  }
});

it('The reference has every status in its order', () => {
  expect(RESPONSE_ORDER.toSorted()).toEqual(Object.keys(statuses).toSorted());
});

it('The reference promises no pause in seconds, which an answer may know better than its status', () => {
  expect(markdown).toContain(
    '| `too-many-attempts` | 429 | Yes, after as many seconds as `retry-after` says',
  );
  expect(markdown).not.toMatch(/after \d+ seconds/);
});

it.each(['html', 'markdown'] as const)('The reference says everything in %s', (format) => {
  const text = textOf[format];
  for (const { purpose, params, responses, uncommon, curl, answer, dryAnswer, body } of routes) {
    const said = [
      ...purpose,
      ...params.flatMap(({ name, sentence, bounds }) => [name, sentence, bounds]),
      ...[...responses, ...uncommon].flatMap(({ meaning, advice, refusals }) => [
        meaning,
        advice,
        ...refusals.map(({ when }) => when),
      ]),
      ...[curl, answer, dryAnswer ?? '', body?.json ?? '', body?.base64 ?? ''],
    ];
    for (const each of said) expect(text).toContain(plain(each));
  }
  for (const sentence of Object.values(codeDocs)) expect(text).toContain(plain(sentence));
});

it('The reference shows how the body of a sensitive route is encoded', () => {
  const encoded = routes.filter(({ body }) => body?.base64 !== undefined);
  expect(encoded.map(({ path }) => path)).toEqual(
    documentedRoutes.filter(({ route }) => route.sensitive).map(({ route }) => route.path),
  );
  for (const { body, curl } of encoded) {
    const json = Buffer.from(body?.base64 ?? '', 'base64').toString();
    expect(JSON.parse(json)).toEqual(JSON.parse(body?.json ?? ''));
    expect(curl).toContain('| base64 |');
  }
});

it('The reference leads nowhere that is not there, and has each place once', () => {
  const places = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(places).size).toBe(places.length);
  const links = [...html.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id);
  expect(links.filter((id) => !places.includes(id))).toEqual([]);
});

it('The reference is one document, whose policy allows its script and its style and nothing else', () => {
  expect(html).not.toMatch(/<script [^>]*src| style="| on\w+="/);
  const policy = documents['/docs'].headers?.['content-security-policy'];
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'self'; img-src data:; /,
  );
});
