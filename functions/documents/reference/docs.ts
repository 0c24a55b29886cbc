import { BASE_PATH, type Route, SERVICES } from '../../contract/define-route.ts';
import type { Described, Refusal } from '../../contract/describe-route.ts';
import { serviceDocs } from '../../contract/service-docs.ts';
import { docsOfStatus } from '../../contract/status-docs.ts';
import { DRY_RUN_MESSAGE, renderingOf, type Status } from '../../contract/statuses.ts';
import { bodyOf, curlOf, queryOf } from './docs-examples.ts';
import { type DocumentedParam, paramsIn } from './docs-params.ts';
import { exampleOf } from './envelope.ts';
import { jsonSchemaOf } from './json-schema.ts';
import { callersOf } from './operation.ts';
import { prettyJson } from './pretty-json.ts';
import { statusesOf } from './statuses-of.ts';

/** One way in which a route answers. */
export interface DocumentedResponse {
  status: Status;
  http: number;
  meaning: string;
  advice: string;
  refusals: readonly Refusal[];
}

/** A route in the form of the page that its clients know, from top to bottom. */
export interface RouteSection {
  /** Its place in the document, such as `orders-update`. */
  id: string;
  path: string;
  method: Route['method'];
  url: string;
  summary: string;
  purpose: readonly string[];
  callers: string;
  params: readonly DocumentedParam[];
  /** The body of the example; undefined for a `GET`. In base64 as well where it is sent so. */
  body?: { json: string; base64?: string };
  /** The parameters of the example of a `GET`. */
  query: string;
  curl: string;
  answer: string;
  /** The answer to the same as a dry run, where there can be one. */
  dryAnswer?: string;
  responses: readonly DocumentedResponse[];
  uncommon: readonly DocumentedResponse[];
}

/** A service and its routes. */
export interface ServiceSection {
  id: string;
  title: string;
  purpose: string;
  routes: readonly RouteSection[];
}

/** The order of the page that clients know, with those statuses in their places that came later. */
export const RESPONSE_ORDER: readonly Status[] = [
  'action-successful',
  'invalid-token',
  'session-expired',
  'client-required',
  'permission-required',
  'missing-param',
  'invalid-param',
  'too-many-attempts',
  'application-crash',
  'mandrill-email-failed',
  'invalid-content-type',
  'route-non-existent',
  'no-params-decoded',
  'invalid-encoded-params',
  'route-not-found',
  'identify-request-error',
  'service-not-found',
];

const TITLES = {
  auth: 'Users and sessions',
  clients: 'Clients',
  orders: 'Orders',
  operations: 'Operations',
} as const;

/** The place of a route in the document. */
export const idOf = (path: string): string => path.replaceAll('/', '-');

const responsesOf = (described: Described, isUncommon: boolean): DocumentedResponse[] => {
  const given = statusesOf(described);
  return RESPONSE_ORDER.filter(
    (status) => given.includes(status) && (docsOfStatus(status).uncommon ?? false) === isUncommon,
  ).map((status) => ({
    status,
    http: renderingOf(status).http,
    meaning: docsOfStatus(status).meaning,
    advice: docsOfStatus(status).advice,
    refusals: described.docs.refusals.filter((refusal) => refusal.status === status),
  }));
};

const tokenOf = ({ access, method }: Route): DocumentedParam[] => {
  if (access === 'anyone') return [];
  const kind = access === 'session' ? 'a session' : 'either an application or a session';
  const place = 'in the header `authorization: Bearer …`';
  return [
    {
      name: 'token',
      type: 'string',
      isRequired: true,
      sentence: `Authentication token for ${kind}, ${place}${method === 'GET' ? '' : ' or in the body'}.`,
      bounds: '',
    },
  ];
};

const bodyExampleOf = (described: Described): RouteSection['body'] => {
  if (described.route.method === 'GET') return undefined;
  const body = bodyOf(described);
  const base64 = Buffer.from(JSON.stringify(body)).toString('base64');
  return { json: prettyJson(body), ...(described.route.sensitive && { base64 }) };
};

const sectionOf = (described: Described): RouteSection => {
  const { route, docs } = described;
  const body = bodyExampleOf(described);
  return {
    id: idOf(route.path),
    path: route.path,
    method: route.method,
    url: `${BASE_PATH}/${route.path}`,
    summary: route.purpose,
    purpose: docs.purpose,
    callers: callersOf(route.access),
    params: [...tokenOf(route), ...paramsIn(jsonSchemaOf(route.params, 'input'), docs.params)],
    ...(body && { body }),
    query: queryOf(described),
    curl: curlOf(described),
    answer: prettyJson(
      exampleOf('action-successful', { data: docs.answer, ...(docs.session && { session: docs.session }) }),
    ),
    ...(docs.preview !== undefined && {
      dryAnswer: prettyJson(exampleOf('action-successful', { message: DRY_RUN_MESSAGE, data: docs.preview })),
    }),
    responses: responsesOf(described, false),
    uncommon: responsesOf(described, true),
  };
};

/** The reference: its services, and below each its routes. */
export const servicesOf = (routes: readonly Described[]): ServiceSection[] =>
  SERVICES.map((service) => ({
    id: `service-${service}`,
    title: TITLES[service],
    purpose: serviceDocs[service],
    routes: routes.filter(({ route }) => route.service === service).map(sectionOf),
  }));
