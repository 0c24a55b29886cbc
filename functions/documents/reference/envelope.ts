import { codeDocs } from '../../contract/code-docs.ts';
import { type Fault, MISSING, UNKNOWN } from '../../contract/faults.ts';
import type { JsonSchema } from '../../contract/json-schema.ts';
import { docsOfStatus } from '../../contract/status-docs.ts';
import { REGISTRATION_PAGE, renderingOf, type Status } from '../../contract/statuses.ts';
import { exampleSession } from '../../routes/example-docs.ts';

export const EXAMPLE_REQUEST_ID = 'JKJaXmPLvHcESHA=';

/** One fault of a parameter. */
export const faultSchema: JsonSchema = {
  type: 'object',
  required: ['param', 'code', 'message'],
  properties: {
    param: {
      type: 'string',
      description:
        'The path of the parameter, such as `line_items[2].quantity`; `token`, `body` or `Idempotency-Key` where it is one of those.',
    },
    code: {
      type: 'string',
      description: [
        'What is wrong with it, for programs. A later release may have more codes.',
        '',
        ...Object.entries(codeDocs).map(([code, sentence]) => `- \`${code}\`: ${sentence}`),
      ].join('\n'),
    },
    message: { type: 'string', description: 'The same as a sentence, for people.' },
  },
};

const SESSION: JsonSchema = { $ref: '#/components/schemas/Session' };

const ERRORS: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 100,
  items: { $ref: '#/components/schemas/Fault' },
  description: 'All faults that were found, one for each mistake; of more than 100 the first 100.',
};

/** What a status has in its envelope besides what all of them have, and which of it always. */
const membersOf = (status: Status): { properties: Record<string, JsonSchema>; required: string[] } => {
  switch (status) {
    case 'missing-param':
    case 'invalid-param':
      return {
        properties: {
          errors: ERRORS,
          errors_total: {
            type: 'integer',
            minimum: 101,
            description: 'How many faults there are, if there are more than `errors` lists.',
          },
        },
        required: ['errors'],
      };
    case 'client-required':
      return {
        properties: {
          session: SESSION,
          registration_page: {
            type: 'string',
            description:
              'Where a person becomes a client: the path of a page below the address of the API, which takes the session over.',
          },
        },
        required: ['session', 'registration_page'],
      };
    default:
      return { properties: {}, required: [] };
  }
};

/** What an answer has of its route's own. */
export interface Own {
  data?: JsonSchema;
  /** Whether the data always come with it. */
  dataRequired?: boolean;
  session?: boolean;
}

/** The envelope of an answer with a status. It is open: a later release may add members. */
export const envelopeOf = (
  status: Status,
  { data, dataRequired = false, session = false }: Own = {},
): JsonSchema => {
  const members = membersOf(status);
  return {
    type: 'object',
    description: `${docsOfStatus(status).meaning} ${docsOfStatus(status).advice}`,
    required: [
      ...['status', 'message', 'request_id'],
      ...(data !== undefined && dataRequired ? ['data'] : []),
      ...(session ? ['session'] : []),
      ...members.required,
    ],
    properties: {
      status: { const: status },
      message: { type: 'string', description: 'The status as a sentence, for people.' },
      request_id: {
        type: 'string',
        description: 'The same as in the header `x-request-id`; name it to whoever operates the API.',
      },
      ...(data !== undefined && { data }),
      ...(session && { session: SESSION }),
      ...members.properties,
    },
  };
};

const EXAMPLE_FAULTS: Partial<Record<Status, Fault>> = {
  'missing-param': { param: 'order_id', code: MISSING, message: 'order_id is required.' },
  'invalid-param': { param: 'colour', code: UNKNOWN, message: 'colour is not a parameter of this route.' },
};

/** An example of an answer with a status. */
export const exampleOf = (status: Status, own: Readonly<Record<string, unknown>> = {}) => {
  const fault = EXAMPLE_FAULTS[status];
  return {
    status,
    message: renderingOf(status).message,
    request_id: EXAMPLE_REQUEST_ID,
    ...own,
    ...(fault && { errors: [fault] }),
    ...(status === 'client-required' && {
      session: { ...exampleSession, roles: [] },
      registration_page: REGISTRATION_PAGE,
    }),
  };
};
