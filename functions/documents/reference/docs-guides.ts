import { MOST_SESSIONS } from '../../accounts/session.ts';
import { codeDocs } from '../../contract/code-docs.ts';
import { type Retry, renderingOf, type Status } from '../../contract/statuses.ts';
import { MAX_APPOINTMENTS, MAX_LINE_ITEMS, MAX_ORDER_BYTES } from '../../orders/order.ts';
import { RESPONSE_ORDER } from './docs.ts';
import { memberDocs } from './member-docs.ts';

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
        'Of several things that are wrong, the first of these decides the `status`: the route, the content type, the encoding, the token, its session, the role, what is missing, what is invalid.',
        'What the gateway says by itself has no such shape: that there are too many requests (429), that a body has more than 6 MB (413), or that a function has died (500, 503). But for the 413, send the request again after a pause, with the same `Idempotency-Key`.',
      ],
    },
  ],
};

const GETTING_IN: Guide = {
  id: 'getting-in',
  title: 'Getting in',
  blocks: [
    {
      text: 'People register, verify their address, become a client, and from then on sign in. For people, `/account` where this page came from has pages for all of that. They get a session, whose token goes with every request: in the header `authorization: Bearer …` or in the body as `token`, never in a query string. Programs use the token of an application. Whoever operates the API makes it for them: say which scopes it needs, and expect to be shown the token once. It is good until it is revoked, or until the end that it was given.',
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
        'A user without a role gets `client-required`, with the session to become a client in (`users/client_register`), and with `registration_page`, where a person does it.',
        'Registering sends a link and a code, by which the address is verified (`users/verify`). Until then nothing is sent there but such e-mails, and links for another password.',
        'A forgotten password is set anew by a link that is sent (`users/request_password_reset`, `users/reset_password`).',
        'After 10 wrong passwords for one address within 15 minutes, or 100 from one source within an hour, the answer is `too-many-attempts`.',
      ],
    },
  ],
};

const ROLES: Guide = {
  id: 'who-may-do-what',
  title: 'Who may do what',
  blocks: [
    {
      list: [
        'A client makes orders for itself. It sees its own, changes their notes and references, and makes, moves and cancels their appointments. It sees and changes how it can be reached.',
        'A liaison does the same for the clients that it looks after.',
        'An employee does the same for all clients. Besides, employees add and change line items, record what is completed, and look after notifications and e-mails.',
        'An application does what an employee does, as far as its scopes go: `orders:read`, `orders:write`, `notifications`.',
        'A user can have several roles, and may do what any of them may.',
      ],
    },
    {
      text: 'Whoever registers can become a client. Whoever operates the API makes users employees, or liaisons of some clients; that holds from the next request on.',
    },
    {
      text: 'A `client_id` names a client: the customer, not the user who signs in. A user gets one by `users/client_register`, and finds it in `data.user` of `sessions/show`. All others find it by `clients/list` and `clients/show`.',
    },
    {
      text: 'An order that is not the caller’s to see is answered for as if it did not exist: `invalid-param` with the code `not-found`. A route that no role of the user may use is `permission-required`, and one that the application has no scope for is `invalid-token`.',
    },
    {
      text: 'E-mails go to the client of the order, to the address with which its user has registered, whoever made the change. There is one when somebody becomes a client, when an order is received or completed, and when an appointment is made, moved or cancelled. An e-mail that cannot be sent undoes nothing: that is `mandrill-email-failed`.',
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
      text: 'Every `POST` takes the header `Idempotency-Key`: 1 to 255 visible ASCII characters without a comma, best a new UUID for each thing to be done. When no answer came, send the same request with the same key. It is done once, and the answer is the first one, word for word but for its `request_id`, with the header `idempotent-replayed: true`.',
    },
    {
      list: [
        'The same key with other parameters is `invalid-param` with the code `reused`.',
        'A request that was refused (4xx) leaves its key free, and so does a dry run: what it was for can be sent with the same key.',
        'Keys belong to the caller and the route, and are remembered for at least 24 hours.',
        'A `GET` changes nothing: it needs no key, and can always be sent again after a pause.',
        'The examples make a key by `uuidgen`. Where there is none, `curl` sends no key and says nothing of it: put a text of your own in its place.',
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

const LISTS: Guide = {
  id: 'lists-and-what-is-new',
  title: 'Lists, and what is new',
  blocks: [
    {
      text: 'A list comes in pages of `limit`: 25 when it is not given, 100 at most. To get the next page, send the same parameters with `next_cursor` of the answer as `cursor`. The list ends where `next_cursor` is null, and only there: a page can have fewer than `limit`, or none.',
    },
    {
      text: 'To follow orders, ask `orders/list` now and then with `updated_since`: a minute before you asked the last time, since a change shows there some seconds late. Go to the end of the list, and pass over orders whose `updated_at` you have seen. `orders/history` tells what has changed in one of them and by whom, and `orders/show_many` shows those whose ids you keep.',
    },
  ],
};

/** Where objects stand in answers, by their names in `memberDocs`. */
const HELD: Record<keyof typeof memberDocs, string> = {
  Order: 'An order: `order`, and each of `orders`.',
  LineItem: 'Each of the `line_items` of an order.',
  Appointment: 'Each of the `appointments` of an order.',
  HistoryEntry: 'Each change of an order, in `history`.',
  ValueChange: 'Each of `changes`, in a history and in a dry run.',
  DryRun: 'The `data` of a dry run.',
  User: 'A user: `user`.',
  Session: 'A session: `session`, beside `data`.',
  Client: 'A client: `client`, and each of `clients`.',
  ListedSession: 'A session among others: `data.sessions[]`.',
  Notification: 'A notification: `notification`, and each of `notifications`.',
  Email: 'An e-mail that was saved: `email`, and each of `emails`.',
  DeployedService: 'Each of `services`, of what is deployed.',
  DeployedRoute: 'Each of `routes`, of what is deployed.',
};

/** The place of a member in the document. */
export const idOfMember = (name: string, member: string): string => `${name.toLowerCase()}-${member}`;

const MEMBERS: Guide = {
  id: 'what-answers-hold',
  title: 'What answers hold',
  blocks: [
    { text: 'Every member is always there, but in a dry run. What has no value is null.' },
    ...Object.entries(memberDocs).flatMap(([name, members]) => [
      { text: HELD[name as keyof typeof memberDocs] },
      {
        terms: Object.entries(members).map(([term, is]) => ({ id: idOfMember(name, term), term, is })),
      },
    ]),
  ],
};

const LIMITS: Guide = {
  id: 'limits',
  title: 'Limits',
  blocks: [
    {
      head: ['What', 'Limit'],
      rows: [
        ['The body of a request', '256 KiB'],
        ['An order', `${MAX_ORDER_BYTES.toLocaleString('en')} bytes as JSON`],
        ['Line items of an order', `${MAX_LINE_ITEMS}`],
        ['Appointments of an order', `${MAX_APPOINTMENTS}, cancelled ones included`],
        ['A page of a list, ids for `orders/show_many`', '100'],
        ['Errors in one answer', '100'],
        ['Sessions of a user', `${MOST_SESSIONS}`],
        ['A session', '7 days; 72 hours without use'],
        ['Wrong passwords for one address', '10 within 15 minutes'],
        ['Time for an answer', '15 seconds, and some more where a function starts'],
      ],
    },
    {
      text: 'The bounds of a parameter stand beside it. Nobody has a quota of requests. The gateway lets through so many a second of all callers together, and answers 429 to the others: send those again after a pause.',
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
export const FIRST_GUIDES: readonly Guide[] = [REQUESTS, GETTING_IN, ROLES, SENDING_AGAIN, LISTS];
/** Looked up after them. */
export const LAST_GUIDES: readonly Guide[] = [MEMBERS, LIMITS, ERRORS];
