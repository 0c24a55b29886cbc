import { describe, expect, it } from 'vitest';
import { statusesOf } from '../../../functions/documents/reference/statuses-of.ts';
import { documented, documentedRoutes } from '../../../functions/routes/documented.ts';
import { openApi } from '../../../infra/constructs/reference-documents.ts';
import { faultOfExample } from '../../support/described.ts';

interface Described {
  description?: string;
  schema?: object;
  example?: unknown;
}
interface Operation {
  operationId: string;
  tags: string[];
  security: object[];
  parameters: (Described & { $ref?: string })[];
  requestBody?: { content: { 'application/json': { schema: object; example: string } } };
  responses: Record<string, { content: { 'application/json': { example?: unknown } } }>;
}

const document = openApi();
const operationOf = (path: string, method: string) =>
  (document.paths[`/${path}`] as unknown as Record<string, Operation>)[method.toLowerCase()] as Operation;

/** Every schema of parameters within one, with what each is of. */
const parametersIn = (schema: unknown, path = ''): [string, Described][] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const {
    properties = {},
    items,
    oneOf = [],
    contentSchema,
  } = schema as {
    properties?: Record<string, Described>;
    items?: unknown;
    oneOf?: unknown[];
    contentSchema?: unknown;
  };
  return [
    ...Object.entries(properties).flatMap(([name, each]) => [
      [`${path}${name}`, each] as [string, Described],
      ...parametersIn(each, `${path}${name}.`),
    ]),
    ...[items, contentSchema, ...oneOf].flatMap((each) => parametersIn(each, path)),
  ];
};

it('The OpenAPI document has every route of the catalogue, and nothing else', () => {
  const described = Object.entries(document.paths).map(([path, methods]) => [path, Object.keys(methods)]);
  const routes = documentedRoutes.map(({ route }) => [`/${route.path}`, [route.method.toLowerCase()]]);
  expect(described).toEqual(routes);
});

it('The OpenAPI document writes NUL in patterns as engines besides that of JavaScript read it', () => {
  const patterns = JSON.stringify(document).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [];
  expect(patterns.length).toBeGreaterThan(0);
  expect(patterns.filter((pattern) => pattern.includes('\\\\0'))).toEqual([]);
});

describe.each(documentedRoutes)('$route.path', ({ route, docs }) => {
  const operation = operationOf(route.path, route.method);
  const at = ['paths', `/${route.path}`, route.method.toLowerCase()];

  it(`The operation of ${route.path} has a sentence for every parameter`, () => {
    const body = operation.requestBody?.content['application/json'].schema;
    const params = [...operation.parameters.map((each) => ['', each] as const), ...parametersIn(body)];
    const without = params.filter(([, each]) => !('$ref' in each) && !/\.$/.test(each.description ?? ''));
    expect(without).toEqual([]);
  });

  it(`The operation of ${route.path} has an example of a request that fits what it describes`, () => {
    const faults = operation.parameters.map(({ example }, index) =>
      example === undefined
        ? undefined
        : faultOfExample(example, ...at, 'parameters', String(index), 'schema'),
    );
    expect(faults.filter(Boolean)).toEqual([]);
    if (operation.requestBody === undefined) return;
    const { example } = operation.requestBody.content['application/json'];
    const sent = route.sensitive ? JSON.parse(Buffer.from(example, 'base64').toString()) : example;
    const schema = [...at, 'requestBody', 'content', 'application/json', 'schema'];
    expect(faultOfExample(sent, ...schema, ...(route.sensitive ? ['contentSchema'] : []))).toBeUndefined();
    if (Object.keys(docs.request).length > 0) expect(sent).toEqual(docs.request);
  });

  it(`The operation of ${route.path} has an example of an answer that fits what it describes`, () => {
    const content = ['content', 'application/json'] as const;
    const { example } = operation.responses[200]?.content['application/json'] ?? {};
    expect(faultOfExample(example, ...at, 'responses', '200', ...content, 'schema')).toBeUndefined();
  });
});

it.each(Object.entries(document.components.schemas))(
  'The examples of the schema %s fit it',
  (name, schema) => {
    const { examples = [] } = schema as { examples?: unknown[] };
    for (const example of examples) {
      expect(faultOfExample(example, 'components', 'schemas', name)).toBeUndefined();
    }
  },
);

it('The operation of orders/update has the statuses of the original API, and those of the other documents', () => {
  expect(statusesOf(documented['orders/update'])).toEqual([
    'action-successful',
    'invalid-content-type',
    'invalid-encoded-params',
    'no-params-decoded',
    'missing-param',
    'invalid-param',
    'invalid-token',
    'session-expired',
    'client-required',
    'application-crash',
    'mandrill-email-failed',
    'route-non-existent',
    'identify-request-error',
    'service-not-found',
    'route-not-found',
  ]);
});
