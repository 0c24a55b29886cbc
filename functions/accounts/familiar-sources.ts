import * as z from 'zod/mini';
import { digest } from '../table/digest.ts';
import { expiresAt, type Key } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { unconditional, type Write } from '../table/write.ts';
import { type Login, loginKey } from './logins.ts';

/** For how long it is remembered that a user signed in from an address. */
const FAMILIAR_FOR_MS = 90 * 24 * 60 * 60 * 1_000;

const sourceKey = (email: string, source: string): Key => ({
  pk: loginKey(email).pk,
  sk: `SOURCE#${digest(source)}`,
});

/** From where users signed in. */
export const sourceRows = new RowKind(
  z.object({
    /** Until when that is remembered, in seconds since the epoch. */
    expires_at: z.number(),
    /** When it was. Where an earlier release has written the row, that shows in `expires_at` alone, to the second after it. */
    signed_in_at: z.optional(z.iso.datetime()),
  }),
);

/** When the user of an e-mail address last signed in from this address (of the network); undefined if not in the last months. */
export const lastSignInFrom = async (
  table: Table,
  email: string,
  source: string,
  now: Date,
): Promise<Date | undefined> => {
  const row = await table.get(sourceKey(email, source));
  const found = row && sourceRows.readOrLeaveOut(table, row);
  const until = (found?.expires_at ?? 0) * 1_000;
  return until > now.getTime() ? new Date(found?.signed_in_at ?? until - FAMILIAR_FOR_MS) : undefined;
};

/** Whether a sign-in is from where the user has signed in before, since the password was last reset. */
export const isFamiliar = ({ reset_at }: Login, lastSignIn: Date | undefined): boolean =>
  lastSignIn !== undefined && (reset_at === undefined || lastSignIn > new Date(reset_at));

/** Remembers that the user of an e-mail address signed in from this address (of the network). */
export const familiarSource = (email: string, source: string, now: Date): Write => ({
  put: {
    Item: {
      ...sourceKey(email, source),
      expires_at: expiresAt(now.getTime() + FAMILIAR_FOR_MS),
      signed_in_at: now.toISOString(),
    },
  },
  refused: unconditional,
});
