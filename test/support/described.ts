import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { BASE_PATH } from '../../functions/contract/define-route.ts';
import { openApi } from '../../infra/constructs/reference-documents.ts';

/** An operation of the document, as far as it is looked at. */
interface Operation {
  responses: Record<string, { headers: Record<string, unknown> }>;
}

/** The document, in which an answer may have the members that are described and no others: it leaves room for later releases. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  const isOpen = members.type === 'object' && 'properties' in members && !('additionalProperties' in members);
  return isOpen ? { ...members, additionalProperties: false } : members;
};

/** The same with any data: what is given again for a key is what was answered then, perhaps by another release. */
const withAnyData = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (name, each) =>
    name === 'properties' && 'request_id' in each && 'data' in each ? { ...each, data: {} } : each,
  );

const DOCUMENT = openApi();
const PATHS = DOCUMENT.paths as Record<string, Record<string, Operation>>;

// Formats say what patterns beside them say as well.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(closed(DOCUMENT) as object, 'openapi');
ajv.addSchema(closed(withAnyData(DOCUMENT)) as object, 'replayed');

/** The validator of what is at those steps in the document, or in that of what is given again. */
const validatorAt = (document: 'openapi' | 'replayed', ...steps: string[]): ValidateFunction => {
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')));
  const validate = ajv.getSchema(`${document}#/${pointer.join('/')}`);
  if (validate === undefined) throw new Error(`the document has no ${steps.join(' ')}`);
  return validate;
};

/** An answer of the API to a request. */
interface Answered {
  method: string;
  /** Below the origin, with its query if it has one. */
  path: string;
  http: number;
  headers: Headers;
  body: unknown;
}

const faultOf = (validate: ValidateFunction, body: unknown): string | undefined =>
  validate(body) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'answer' });

const undescribedHeaders = (headers: Headers, described: object): string[] => [
  ...Object.keys(DOCUMENT.components.headers).filter((name) => headers.has(name) && !(name in described)),
  ...(headers.has('x-request-id') ? [] : ['x-request-id']),
  ...(headers.get('content-type') === 'application/json' ? [] : ['content-type']),
];

/** What the document does not say of an answer; undefined if it describes it. */
const undescribed = ({ method, path, http, headers, body }: Answered): string | undefined => {
  const [route = ''] = path.slice(BASE_PATH.length).split('?');
  const operation = PATHS[route]?.[method.toLowerCase()];
  // Of what is no route the document knows only that there is none.
  if (operation === undefined)
    return faultOf(validatorAt('openapi', 'components', 'schemas', 'route-non-existent'), body);
  const response = operation.responses[http];
  if (response === undefined) return 'it has no such HTTP code';
  const wrong = undescribedHeaders(headers, response.headers);
  if (wrong.length > 0) return `of the headers ${wrong.join(', ')}`;
  const steps = [route, method.toLowerCase(), 'responses', String(http), 'content', 'application/json'];
  const from = headers.has('idempotent-replayed') ? 'replayed' : 'openapi';
  return faultOf(validatorAt(from, 'paths', ...steps, 'schema'), body);
};

/**
 * Makes sure that an answer is one that the reference describes.
 *
 * @throws Error that says what of it is not
 */
export const expectDescribed = (answered: Answered): void => {
  const fault = undescribed(answered);
  if (fault === undefined) return;
  const { method, path, http, body } = answered;
  const shown = JSON.stringify(body).slice(0, 1_000);
  throw new Error(`the reference does not describe ${http} of ${method} ${path}: ${fault}\n${shown}`);
};

/** What is wrong with an example, by where its schema is in the document. */
export const faultOfExample = (example: unknown, ...steps: string[]): string | undefined =>
  faultOf(validatorAt('openapi', ...steps), example);
