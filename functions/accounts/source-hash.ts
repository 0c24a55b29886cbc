import { createHmac, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { DAY_MS, dateOf } from '../contract/days.ts';
import { partitions } from '../table/partitions.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';

/** The key of a day. */
export const sourceKeyRows = new RowKind(z.object({ key: z.string() }));

const keyOn = (date: string): Key => ({ pk: partitions.sourceKey, sk: date });

class MadeMeanwhile extends Error {}

/** The key of a day that is in the table; the first who asks for it makes it. */
const keyOf = async (table: Table, now: Date): Promise<string> => {
  const place = keyOn(dateOf(now));
  const row = await table.get(place);
  if (row !== undefined) return sourceKeyRows.read(row).key;
  const key = randomBytes(32).toString('base64url');
  const Item = { ...place, key, expires_at: expiresAt(now.getTime() + 2 * DAY_MS) };
  try {
    await table.transact([
      { put: { Item, ConditionExpression: 'attribute_not_exists(pk)' }, refused: () => new MadeMeanwhile() },
    ]);
    return key;
  } catch (error) {
    if (!(error instanceof MadeMeanwhile)) throw error;
    return sourceKeyRows.read((await table.getAgain(place)) ?? {}).key;
  }
};

/** The key that this instance has read last, and the day that it is of. */
let known: { date: string; key: string } | undefined;

/**
 * What the log has of a source in the place of its address: the same on one day, so that what comes from one source is seen to. The key
 * is forgotten after some days, and with it who that was: without it, all addresses could be tried.
 *
 * @param source the address that a request came from
 */
export const sourceHash = async (table: Table, source: string, now: Date): Promise<string> => {
  const date = dateOf(now);
  if (known?.date !== date) known = { date, key: await keyOf(table, now) };
  return createHmac('sha256', known.key).update(source).digest('base64url').slice(0, 16);
};
