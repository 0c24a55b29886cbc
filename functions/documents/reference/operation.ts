import type * as z from 'zod/mini';
import type { Access } from '../../contract/define-route.ts';
import type { Described } from '../../contract/describe-route.ts';
import type { JsonSchema } from '../../contract/json-schema.ts';
import { docsOfStatus } from '../../contract/status-docs.ts';
import { renderingOf, type Status } from '../../contract/statuses.ts';
import { exampleSession } from '../../routes/example-docs.ts';
import { envelopeOf, exampleOf, type Own } from './envelope.ts';
import { jsonSchemaOf, withSentences } from './json-schema.ts';
import { statusesOf } from './statuses-of.ts';

/** Schemas that answers refer to, with their places. */
export type Refs = ReadonlyMap<z.ZodMiniType, string>;

const DOING: readonly Status[] = ['action-successful', 'mandrill-email-failed'];
/** What can be the first outcome of a request, which is given again for its key. */
const REPLAYED: readonly Status[] = [...DOING, 'client-required'];

/** The data of a request that was done, or of one that was done as a dry run, of which no e-mail can fail. */
const doneOf = (status: Status, { data, preview }: Described['route'], refs: Refs): JsonSchema => {
  const done = jsonSchemaOf(data, 'output', refs);
  return preview === undefined || status !== 'action-successful'
    ? done
    : { anyOf: [done, jsonSchemaOf(preview, 'output', refs)] };
};

/** What of a route's own comes with a status; undefined if nothing does, so that its envelope is the same on all routes. */
const ownOf = (status: Status, { route, docs }: Described, refs: Refs): Own | undefined => {
  const data = () => jsonSchemaOf(route.data, 'output', refs);
  if (DOING.includes(status)) {
    return { data: doneOf(status, route, refs), dataRequired: true, session: docs.session !== undefined };
  }
  // What is stale is shown as it is, also where something else is missing.
  const isStale = docs.refusals.some(({ code }) => code === 'stale');
  return isStale && (status === 'invalid-param' || status === 'missing-param') ? { data: data() } : undefined;
};

const schemaOf = (status: Status, described: Described, refs: Refs): JsonSchema => {
  const own = ownOf(status, described, refs);
  return own === undefined ? { $ref: `#/components/schemas/${status}` } : envelopeOf(status, own);
};

/** What a status means on a route, and what about it is the route's own. */
const explained = (status: Status, { docs }: Described): string[] => {
  const { meaning } = docsOfStatus(status);
  const refusals = docs.refusals.filter((refusal) => refusal.status === status);
  return [
    `- \`${status}\`: ${meaning}`,
    ...refusals.map(
      ({ param, code, when }) => `  - ${param === undefined ? '' : `\`${param}\` \`${code}\`: `}${when}`,
    ),
  ];
};

const headersOf = (group: readonly Status[], { route }: Described) => {
  const names = [
    'x-request-id',
    ...(group.some((status) => renderingOf(status).retryAfter !== undefined || status === 'application-crash')
      ? ['retry-after']
      : []),
    ...(route.method === 'POST' && group.some((status) => REPLAYED.includes(status))
      ? ['idempotent-replayed']
      : []),
  ];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
};

const responseOf = (group: readonly Status[], described: Described, refs: Refs) => {
  const { docs } = described;
  const schemas = group.map((status) => schemaOf(status, described, refs));
  const [only] = schemas;
  const isDone = group.includes('action-successful');
  return {
    description: group.flatMap((status) => explained(status, described)).join('\n'),
    headers: headersOf(group, described),
    content: {
      'application/json': {
        schema: schemas.length === 1 ? only : { oneOf: schemas },
        ...(isDone && {
          example: exampleOf('action-successful', {
            data: docs.answer,
            ...(docs.session && { session: docs.session }),
          }),
        }),
      },
    },
  };
};

/** What can be answered, by HTTP code. */
const responsesOf = (described: Described, refs: Refs) => {
  const groups = Map.groupBy(statusesOf(described), (status) => renderingOf(status).http);
  return Object.fromEntries(
    [...groups].map(([http, group]) => [String(http), responseOf(group, described, refs)]),
  );
};

type ParamsSchema = JsonSchema & { properties?: Record<string, JsonSchema>; required?: readonly string[] };

/** The parameters of a `GET`, each in the query string. */
const queryOf = ({ properties = {}, required = [] }: ParamsSchema, example: Record<string, unknown>) =>
  Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    description,
    required: required.includes(name),
    schema,
    ...(example[name] !== undefined && {
      example: schema.type === 'integer' ? Number(example[name]) : example[name],
    }),
  }));

const TOKEN: JsonSchema = {
  type: ['string', 'null'],
  description:
    'The token of a session or of an application, if it is not in the header `authorization`; null is as if it were absent.',
};

/** The body of a `POST`. */
const bodyOf = ({ route, docs }: Described, params: ParamsSchema) => {
  const takesToken = route.access !== 'anyone';
  const schema = {
    ...params,
    minProperties: 1,
    ...(takesToken && { properties: { token: TOKEN, ...params.properties } }),
  };
  const isEmpty = Object.keys(docs.request).length === 0;
  const example = isEmpty ? { token: exampleSession.token } : docs.request;
  if (!route.sensitive) return { required: true, content: { 'application/json': { schema, example } } };
  return {
    required: true,
    description:
      'The JSON text in standard base64 (RFC 4648, section 4), as it is and not in quotes: what is described here is what it decodes to. Line breaks are allowed.',
    content: {
      'application/json': {
        schema: {
          type: 'string',
          contentMediaType: 'application/json',
          contentEncoding: 'base64',
          contentSchema: { ...schema, examples: [example] },
        },
        example: Buffer.from(JSON.stringify(example)).toString('base64'),
      },
    },
  };
};

/** Who may call a route: a sentence. */
export const callersOf = (access: Access): string => {
  if (access === 'anyone') return 'Takes no token.';
  if (access === 'session')
    return 'For every session, also one of a user without a role; not for applications.';
  const roles = access.roles
    .map((role) => `${role}s`)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  return `For ${roles}, and for applications with the scope \`${access.scope}\`.`;
};

const securityOf = (access: Access) => {
  if (access === 'anyone') return [];
  return [{ bearer: typeof access === 'object' ? [access.scope] : [] }];
};

/** The operation of a route. */
export const operationOf = (described: Described, refs: Refs) => {
  const { route, docs } = described;
  const params = withSentences(jsonSchemaOf(route.params, 'input'), docs.params) as ParamsSchema;
  return {
    operationId: route.path.replaceAll('/', '_'),
    tags: [route.service],
    summary: route.purpose,
    description: [...docs.purpose, callersOf(route.access)].join('\n\n'),
    security: securityOf(route.access),
    ...(route.method === 'GET'
      ? { parameters: queryOf(params, docs.request as Record<string, unknown>) }
      : {
          parameters: [{ $ref: '#/components/parameters/Idempotency-Key' }],
          requestBody: bodyOf(described, params),
        }),
    responses: responsesOf(described, refs),
  };
};
