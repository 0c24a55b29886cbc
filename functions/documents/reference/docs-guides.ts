import { codeDocs } from '../../contract/code-docs.ts';
import { type Retry, renderingOf, type Status } from '../../contract/statuses.ts';
import { RESPONSE_ORDER } from './docs.ts';

/** A piece of prose. In texts, what stands between backticks is code. */
export type Block =
  | { text: string }
  | { list: readonly string[] }
  | { code: string }
  | { head: readonly string[]; rows: readonly (readonly string[])[] }
  | { terms: readonly { id: string; term: string; is: string }[] };

/** What is the same for all routes, under a heading. */
export interface Guide {
  id: string;
  title: string;
  blocks: readonly Block[];
}

const REQUESTS: Guide = {
  id: 'requests-and-answers',
  title: 'Requests and answers',
  blocks: [
    {
      text: 'Reads are `GET` with parameters in the query string. Writes are `POST` with a JSON object of at most 256 KiB, in UTF-8. All paths are below `/api/v1` where this page came from. A parameter that the route does not know is refused, and types are strict: `"7"` is no integer.',
    },
    { text: 'Every answer has one shape. Go by `status`, which says more than the HTTP code does.' },
    {
      code: `{
  "status": "invalid-param",
  "message": "A parameter is invalid; see errors.",
  "request_id": "JKJaXmPLvHcESHA=",
  "errors": [
    {
      "param": "line_items[2].completed_quantity",
      "code": "greater-than-quantity",
      "message": "line_items[2].completed_quantity must be at most the quantity."
    }
  ]
}`,
    },
    {
      list: [
        '`data` has what was asked for, and `session` comes where the answer is about one.',
        '`errors` lists all faults at once, one for each mistake. Of more than 100 it has the first 100, and `errors_total` says how many there are.',
        '`request_id` is also in the header `x-request-id`. Name it when you ask us about an answer.',
        'A later release may add members to answers, and values to texts such as the `status` of an order: pass over what you do not know.',
        'Times have a zone (RFC 3339); their seconds may be left out. They come back in UTC, to the millisecond.',
      ],
    },
  ],
};

const GETTING_IN: Guide = {
  id: 'getting-in',
  title: 'Getting in',
  blocks: [
    {
      text: 'People register, become a client, and from then on sign in. They get a session, whose token goes with every request: in the header `authorization: Bearer …` or in the body as `token`, never in a query string. Programs use the token of an application, which whoever operates the API makes for them; its scopes say what it may do.',
    },
    {
      text: 'All examples on this page are for a shell that knows two variables: where the API is, and the token.',
    },
    {
      code: `api=https://orders.example.com/api/v1   # the origin of this page

# Register. The body of a route that takes a password is base64.
printf %s '{"email": "tess@example.com", "password": "a long enough example", "name": "Tess Quill"}' |
  base64 | curl $api/users/register -H 'content-type: application/json' -d @-

token=ses_…   # session.token of the answer

# Become a client: the same session may order now.
curl $api/users/client_register -H 'content-type: application/json' \\
  -d "{\\"token\\": \\"$token\\", \\"company_name\\": \\"Quill & Daughters\\"}"

curl $api/orders/list -H "authorization: Bearer $token"`,
    },
    {
      list: [
        'A session lives for 7 days, and for 72 hours without use; one made with `remember_me` lives on. Then it is `session-expired`: sign in again by `sessions/create`.',
        'A user without a role gets `client-required`, with the session to become a client in (`users/client_register`).',
        'After 10 wrong passwords for one address within 15 minutes the answer is `too-many-attempts`.',
      ],
    },
  ],
};

const AGAIN: Record<Retry, string> = {
  never: 'No: the answer would be the same.',
  'same-key': 'Yes, with the same `Idempotency-Key`.',
  'after-pause': 'Yes, after as many seconds as `retry-after` says: nothing was done.',
};

/** Whether to send again what was answered so. */
const againOf = (status: Status): string =>
  status === 'action-successful' ? 'No: it is done.' : AGAIN[renderingOf(status).retry];

const SENDING_AGAIN: Guide = {
  id: 'sending-again',
  title: 'Sending again',
  blocks: [
    {
      text: 'Every `POST` takes the header `Idempotency-Key`: 1 to 255 visible ASCII characters without a comma, best a new UUID for each thing to be done. When no answer came, send the same request with the same key. It is done once, and the answer is the first one, word for word, with the header `idempotent-replayed: true`.',
    },
    {
      list: [
        'The same key with other parameters is `invalid-param` with the code `reused`.',
        'A request that was refused (4xx) leaves its key free.',
        'Keys belong to the caller and the route, and are remembered for at least 24 hours.',
        'A `GET` changes nothing: it needs no key, and can always be sent again after a pause.',
      ],
    },
    {
      head: ['Status', 'HTTP', 'Send it again as it is?'],
      rows: RESPONSE_ORDER.map((status) => [
        `\`${status}\``,
        String(renderingOf(status).http),
        againOf(status),
      ]),
    },
  ],
};

const ERRORS: Guide = {
  id: 'errors-by-code',
  title: 'Errors by code',
  blocks: [
    {
      text: 'Each of `errors` has a `param`, the path of what is wrong; a `code` for programs; and a `message`, the same as a sentence. A later release may have further codes.',
    },
    { terms: Object.entries(codeDocs).map(([term, is]) => ({ id: `code-${term}`, term, is })) },
  ],
};

/** Read before the routes. */
export const FIRST_GUIDES: readonly Guide[] = [REQUESTS, GETTING_IN, SENDING_AGAIN];
/** Looked up after them. */
export const LAST_GUIDES: readonly Guide[] = [ERRORS];
