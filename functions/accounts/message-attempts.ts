import { sameAddressKey } from '../contract/email-address.ts';
import { expiresAt } from '../table/row.ts';
import type { Table } from '../table/table.ts';
import { unconditional, type Write } from '../table/write.ts';
import { MESSAGE_LIMIT, RESET_LIMIT } from './attempt-limits.ts';
import { Attempts, attemptsKey, type Counter } from './attempts.ts';

/** What counts the messages to an address that nobody has verified. */
export const messageCounter = (email: string): Counter => ({
  limit: MESSAGE_LIMIT,
  who: sameAddressKey(email),
  always: true,
});

/** What counts the links to an address that is verified, or else the messages to it. */
export const linkCounter = (email: string, isVerified: boolean): Counter =>
  isVerified ? { ...messageCounter(email), limit: RESET_LIMIT } : messageCounter(email);

/** Counts the first message to an address that nobody had before: whoever asked for others there got none. */
export const firstMessage = (email: string, now: Date): Write => ({
  put: {
    Item: {
      ...attemptsKey(MESSAGE_LIMIT, sameAddressKey(email)),
      failures: [now.getTime()],
      expires_at: expiresAt(now.getTime() + MESSAGE_LIMIT.withinMs),
    },
  },
  refused: unconditional,
});

/** The messages to an address, each of which counts. */
export const messagesTo = (table: Table, email: string, now: Date): Attempts =>
  new Attempts(table, [messageCounter(email)], now);
