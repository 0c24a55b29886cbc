import * as z from 'zod/mini';
import { deflated, inflated } from './deflate.ts';
import type { Row } from './row.ts';
import { RowKind } from './row-kind.ts';

/** An id of a client or of an e-mail. */
const id = z.int().check(z.positive());

/** JSON, since it goes out as it stands. */
const json = z.string().check(({ value, issues }) => {
  try {
    JSON.parse(value);
  } catch {
    issues.push({ code: 'custom', input: value, message: 'is no JSON' });
  }
});

const inflatedText = z.transform((bytes: Uint8Array<ArrayBuffer>, { issues }) => {
  try {
    return inflated(bytes);
  } catch {
    issues.push({ code: 'custom', input: bytes, message: 'was not deflated' });
    return '';
  }
});

const recordSchema = z.object({
  pk: z.string(),
  /** Tells the parameters apart, all but a password. */
  fingerprint: z.string(),
  /** The status that was answered, if its e-mail is left aside. */
  status: z.string(),
  /** The sentence that went with it. */
  message: z.string(),
  /** The sentence in its place while the e-mail could not be sent. */
  unsent_message: z.optional(z.string()),
  /** `data` as JSON, as it was answered; absent when the answer was no more than a session. */
  data_json: z.optional(json),
  /** The same, deflated: a row is paid for by the kilobyte. */
  data_deflated: z.optional(z.pipe(z.pipe(z.instanceof(Uint8Array), inflatedText), json)),
  /** The client whom it is about, if it is about one: only who may act for the client is to see it again. */
  client_id: z.optional(id),
  /** The e-mails that were saved with it. */
  email_ids: z.optional(z.array(id)),
  salt: z.string(),
});
/** What is remembered of a request that was done: nothing that a token or a password could be made of. */
export type IdempotencyRecord = Omit<z.infer<typeof recordSchema>, 'data_deflated'>;

const ofRow = ({ data_deflated, ...record }: z.infer<typeof recordSchema>): IdempotencyRecord =>
  data_deflated === undefined ? record : { ...record, data_json: data_deflated };

/** What an answer of release 0.2 can hold, in the order in which it did: DynamoDB's maps keep none. */
const KEYS_OF_0_2 = [
  'order_id client_id status notes created_at updated_at line_items appointments',
  'line_item_id name quantity completed_quantity completed_date completed_by',
  'appt_id status scheduled_for duration_minutes cancel_reason cancel_note cancelled_at cancelled_by',
  'user_id name email roles client_id',
  'email_id kind subject client_id order_id request_id state attempts created_at due_at last_failure sent_at',
  'kind cause at',
  'notification_id kind cause state stage occurrences first_at last_at first_request_id last_request_id ' +
    'last_order_id last_email_id acknowledged_at acknowledged_by',
].map((keys) => keys.split(' '));

const inOrder = (_name: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  const keys = KEYS_OF_0_2.find((known) => entries.every(([key]) => known.includes(key))) ?? [];
  return Object.fromEntries(entries.toSorted(([one], [other]) => keys.indexOf(one) - keys.indexOf(other)));
};

/** Release 0.2 kept `data` as a map, and of all else that it answered what follows from it. */
const ofRelease02 = (row: Row): Row => {
  const data = row.data as { order?: { client_id: number } } | undefined;
  return {
    ...row,
    ...(row.email_id !== undefined && { email_ids: [row.email_id] }),
    ...(data === undefined
      ? {
          status: 'client-required',
          message:
            'The user is not a client, an employee or a liaison yet. Register as a client with this session.',
        }
      : { status: 'action-successful', message: 'Done.', data_json: JSON.stringify(data, inOrder) }),
    unsent_message: 'The change is saved, but its e-mail could not be sent. The team has been notified.',
    client_id: data?.order?.client_id,
  };
};

/** The rows of what is remembered under idempotency keys. */
export const idempotencyRows = new RowKind<IdempotencyRecord>(z.pipe(recordSchema, z.transform(ofRow)), [
  ofRelease02,
]);

/** Up to so many characters of an answer fit into a row's first kilobyte as they are. */
const MOST_AS_TEXT = 500;

/** What is remembered, as it is written. An answer of 1.1 KB takes half of one so, and its row no second one. */
export const rowOfRecord = ({ data_json, ...record }: Omit<IdempotencyRecord, 'pk'>): Row => ({
  ...idempotencyRows.version,
  ...record,
  ...(data_json !== undefined && data_json.length > MOST_AS_TEXT
    ? { data_deflated: deflated(data_json) }
    : { data_json }),
});
