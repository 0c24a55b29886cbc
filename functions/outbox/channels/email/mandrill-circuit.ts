import * as z from 'zod/mini';
import { conditionHolds, isConditionFailed } from '../../../table/condition.ts';
import { partitions } from '../../../table/partitions.ts';
import type { Key } from '../../../table/row.ts';
import { RowKind } from '../../../table/row-kind.ts';
import type { Table } from '../../../table/table.ts';
import { causeOf, type Delivery, type DeliveryFailure, tellsOfMandrill } from '../../delivery.ts';
import type { Addressee } from '../../email.ts';

/**
 * Mandrill counts as away once e-mails to so many clients or users have failed in a row, of one cause. What fails to a single client
 * may be that client's own.
 */
const CLIENTS = 5;
/** While it is away, one e-mail asks it this often: longer than an e-mail waits for Mandrill, so that it is one at a time. */
const ASK_EVERY_MS = 10_000;

/** A row that says nothing is that of a Mandrill that answers, as is none. */
const circuitSchema = z.object({
  kind: z.exactOptional(z.custom<DeliveryFailure['kind']>((kind) => typeof kind === 'string')),
  cause: z.exactOptional(z.string()),
  /** The ids of those whose e-mails have failed in a row, users among them: ids are random, and so tell all apart. */
  clients: z.exactOptional(z.custom<ReadonlySet<number>>((clients) => clients instanceof Set)),
  /** When it may be asked again; only while it is away. */
  ask_at: z.exactOptional(z.string()),
});
export const circuitRows = new RowKind(circuitSchema);

const KEY: Key = { pk: partitions.circuit, sk: 'MANDRILL' };

/** How Mandrill has failed lately: undefined if it has not. With `ask_at` it is away. */
export interface Circuit {
  failure: Pick<DeliveryFailure, 'kind' | 'cause'>;
  ask_at: string | undefined;
}

/** Reads the circuit, in one request with what else is read in this moment. */
export const findCircuit = async (table: Table): Promise<Circuit | undefined> => {
  const row = await table.get(KEY);
  const { kind, cause, ask_at } = (row && circuitRows.readOrLeaveOut(table, row)) ?? {};
  return kind === undefined || cause === undefined ? undefined : { failure: { kind, cause }, ask_at };
};

const nextAsk = (now: Date): string => new Date(now.getTime() + ASK_EVERY_MS).toISOString();

/**
 * Whether an e-mail may ask Mandrill now: always, unless it is away. Then it is one e-mail from time to time, whichever comes
 * first.
 */
export const mayAsk = async (table: Table, { ask_at }: Circuit, now: Date): Promise<boolean> => {
  if (ask_at === undefined) return true;
  if (ask_at > now.toISOString()) return false;
  return conditionHolds(
    table.update({
      Key: KEY,
      UpdateExpression: 'SET ask_at = :next',
      ConditionExpression: 'ask_at = :seen',
      ExpressionAttributeValues: { ':next': nextAsk(now), ':seen': ask_at },
    }),
  );
};

/** Forgets that Mandrill has failed: it answers, or what was wrong is repaired. */
export const closeCircuit = (table: Table): Promise<void> =>
  table.update({ Key: KEY, UpdateExpression: 'REMOVE kind, cause, clients, ask_at' });

/** Counts whom an e-mail was to that has failed, beside those before it of the same cause; tells how many they are. */
const counted = async (
  table: Table,
  { kind, cause }: DeliveryFailure,
  { client_id, user_id }: Addressee,
): Promise<z.infer<typeof circuitSchema>> => {
  const values = { ':kind': kind, ':cause': cause, ':client': new Set([client_id ?? user_id]) };
  try {
    const row = await table.updated({
      Key: KEY,
      UpdateExpression: 'SET kind = :kind, cause = :cause ADD clients :client',
      ConditionExpression: 'attribute_not_exists(kind) OR (kind = :kind AND cause = :cause)',
      ExpressionAttributeValues: values,
    });
    return circuitRows.read(row);
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    // Those before it were of another cause: counting begins anew. If it is away, it still is.
    await table.update({
      Key: KEY,
      UpdateExpression: 'SET kind = :kind, cause = :cause, clients = :client',
      ExpressionAttributeValues: values,
    });
    return {};
  }
};

/**
 * Learns of Mandrill from what became of an e-mail. While all is well there is nothing to write.
 *
 * @param before the circuit as it was before the e-mail
 */
export const learn = async (
  table: Table,
  before: Circuit | undefined,
  delivery: Delivery,
  addressee: Addressee,
  now: Date,
): Promise<void> => {
  const told = tellsOfMandrill(delivery);
  if (told === 'answers' && before !== undefined) await closeCircuit(table);
  if (delivery.sent || delivery.withheld || told !== 'away') return;
  if (before?.ask_at !== undefined && causeOf(before.failure) === causeOf(delivery.failure)) return;
  const { clients, ask_at } = await counted(table, delivery.failure, addressee);
  if (clients === undefined || clients.size < CLIENTS || ask_at !== undefined) return;
  await table.update({
    Key: KEY,
    UpdateExpression: 'SET ask_at = :next',
    ExpressionAttributeValues: { ':next': nextAsk(now) },
  });
};
