import * as z from 'zod/mini';
import { stated } from '../contract/json-schema.ts';
import { id } from '../contract/params.ts';

const json = z.json();
/** Whatever a value can be. Within a schema of its own, since that of all JSON refers to itself, which a document need not tell. */
const anyJson = stated(
  z.custom<z.infer<typeof json>>((value) => json.safeParse(value).success),
  () => ({}),
);

/**
 * Where a value stands, and what it was and is: a text, a number, a whole line item or appointment, or whatever another release has
 * changed. One that was not there is null.
 */
export const valueChangeView = z.strictObject({ field: z.string(), before: anyJson, after: anyJson });
export type ValueChangeView = z.infer<typeof valueChangeView>;

/** One change of an order, as clients see it. */
export const historyEntryView = z.strictObject({
  at: z.string(),
  /** By whom, and by which kind of token, `session` or `application`; `id` is the user's or the application's. */
  by: z.strictObject({ token: z.string(), id, name: z.string() }),
  changes: z.array(valueChangeView),
});
export type HistoryEntryView = z.infer<typeof historyEntryView>;
