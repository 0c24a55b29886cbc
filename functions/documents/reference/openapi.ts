import { listedSession } from '../../accounts/listed-session.ts';
import { userView } from '../../accounts/user-view.ts';
import { BASE_PATH, SERVICES } from '../../contract/define-route.ts';
import type { Described } from '../../contract/describe-route.ts';
import { serviceDocs } from '../../contract/service-docs.ts';
import { sessionView } from '../../contract/session-view.ts';
import { type Status, statuses } from '../../contract/statuses.ts';
import { deployedRoute, deployedService } from '../../deployments/deployment-view.ts';
import { notificationView } from '../../notifications/notification.ts';
import { historyEntryView } from '../../orders/history-view.ts';
import { orderView } from '../../orders/order.ts';
import { savedEmailView } from '../../outbox/email-view.ts';
import { envelopeOf, exampleOf, faultSchema } from './envelope.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { operationOf, type Refs } from './operation.ts';

/** What answers hold, by the names under which the document has it. */
const VIEWS = {
  Order: orderView,
  HistoryEntry: historyEntryView,
  User: userView,
  Session: sessionView,
  ListedSession: listedSession,
  Notification: notificationView,
  Email: savedEmailView,
  DeployedService: deployedService,
  DeployedRoute: deployedRoute,
};

const REFS: Refs = new Map(
  Object.entries(VIEWS).map(([name, view]) => [view, `#/components/schemas/${name}`]),
);

const INTRODUCTION = [
  'Orders, their line items and appointments, for clients, for those who look after them, and for programs.',
  '**Requests.** Writes are `POST` with a JSON object of at most 256 KiB, reads are `GET` with parameters in the query string. The token of a session or of an application goes into the header `authorization: Bearer …`, or into the body as `token`, and never into a query string. Parameters that a route does not have are refused. Types are strict in bodies.',
  '**Answers** have one shape, whatever happens: `status`, `message`, `request_id`, and according to the status `data`, `session` or `errors`. Go by `status`, not by the HTTP code. Answers may get further members in a later release, and texts such as the `status` of an order further values. What the gateway says by itself has no such shape: that there are too many requests (429), that a body has more than 6 MB (413), or that a function has died (500, 503).',
  '**Sending again.** Every `POST` takes an `Idempotency-Key`. A request that is sent again with its key is done once, and gets its first answer again.',
  '**Times** are those of RFC 3339 with their zone, of the years 2000 to 9999; seconds may be left out. They come back in UTC, to the millisecond.',
].join('\n\n');

/** Refusals that say the same on all routes, and what an example of each is. */
const refusalSchemas = () =>
  Object.fromEntries(
    (Object.keys(statuses) as Status[])
      .filter((status) => status !== 'action-successful' && status !== 'mandrill-email-failed')
      .map((status) => [status, { ...envelopeOf(status), examples: [exampleOf(status)] }]),
  );

const COMPONENTS = {
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'The token of a session (`ses_…`) or of an application (`app_…`).',
    },
  },
  parameters: {
    'Idempotency-Key': {
      name: 'Idempotency-Key',
      in: 'header',
      description:
        'Names what is to be done, best by a new UUID: sent again with the same key and the same parameters, it is done once. A key is remembered for at least 24 hours.',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-+\\--~]+$' },
      example: '0192f0c1-6f5e-7a34-9c1b-3d2f5a7e8b90',
    },
  },
  headers: {
    'x-request-id': {
      description: 'The same as `request_id` in the answer.',
      required: true,
      schema: { type: 'string' },
    },
    'retry-after': {
      description: 'Seconds after which it makes sense to send the request again, where that is known.',
      schema: { type: 'integer', minimum: 1 },
    },
    'idempotent-replayed': {
      description:
        'This is the answer that the first request with this `Idempotency-Key` got, word for word, also if an earlier release gave it.',
      schema: { const: 'true' },
    },
  },
};

/**
 * The OpenAPI document of the routes, for whoever asks on the same origin.
 *
 * @param release of the API that it describes
 */
export const openApiDocument = (routes: readonly Described[], release: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'Plano Orders',
    version: release,
    summary: 'The orders API of a field-service company.',
    description: INTRODUCTION,
  },
  servers: [{ url: BASE_PATH, description: 'The API that this document came from.' }],
  tags: SERVICES.map((name) => ({ name, description: serviceDocs[name] })),
  paths: Object.fromEntries(
    routes.map((described) => [
      `/${described.route.path}`,
      { [described.route.method.toLowerCase()]: operationOf(described, REFS) },
    ]),
  ),
  components: {
    schemas: {
      ...Object.fromEntries(
        Object.entries(VIEWS).map(([name, view]) => [name, jsonSchemaOf(view, 'output', REFS)]),
      ),
      Fault: faultSchema,
      ...refusalSchemas(),
    },
    ...COMPONENTS,
  },
});
