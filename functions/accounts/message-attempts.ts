import { sameAddressKey } from '../contract/email-address.ts';
import type { Table } from '../table/table.ts';
import { MESSAGE_LIMIT } from './attempt-limits.ts';
import { Attempts, type Counter } from './attempts.ts';

/** What counts the messages to an address that anybody can have sent there who knows it. */
export const messageCounter = (email: string): Counter => ({
  limit: MESSAGE_LIMIT,
  who: sameAddressKey(email),
  always: true,
});

/** The messages to an address, each of which counts. */
export const messagesTo = (table: Table, email: string, now: Date): Attempts =>
  new Attempts(table, [messageCounter(email)], now);
