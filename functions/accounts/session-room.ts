import type { Table } from '../table/table.ts';
import { ChangedMeanwhile } from '../table/until-unchanged.ts';
import { removed, type Write } from '../table/write.ts';
import { MOST_SESSIONS } from './session.ts';
import {
  beyond,
  ENDED_AT_ONCE,
  ended,
  endMany,
  inPortions,
  kept,
  MOST_ACTIONS,
  pointersOf,
  type SessionKeys,
} from './user-sessions.ts';

/** What it takes for a user to have no more sessions than it may when another is opened. */
export interface Room {
  /** How many may be opened besides. */
  besides: number;
  /** What ends those that are too many, for the transaction that opens the other. */
  writes: Write[];
}

/** So much of what points to nothing is removed each time: more would keep whoever signs in waiting. */
const REMOVED_EACH_TIME = 450;

/** Removes what points to a session that is not there. While a session is opened, it may be there already and the session not yet. */
const pointerToNothing = ({ pointer, token }: SessionKeys): Write[] => [
  removed(pointer),
  {
    check: { Key: token, ConditionExpression: 'attribute_not_exists(pk)' },
    refused: () => new ChangedMeanwhile(),
  },
];

/**
 * Makes room for another session of a user. One who has many more than it may, as release 0.2 has let some, loses at once those
 * for which the transaction that opens the other has no place.
 */
export const makeRoom = async (table: Table, user_id: number, now: Date): Promise<Room> => {
  const most = MOST_SESSIONS - 1;
  const pointers = await pointersOf(table, user_id);
  if (pointers.length <= most) return { besides: most - pointers.length, writes: [] };
  const sessions = await kept(table, pointers);
  const there = new Set(sessions.map(({ token }) => token.pk));
  const toNothing = pointers.filter(({ token }) => !there.has(token.pk)).slice(0, REMOVED_EACH_TIME);
  await inPortions(table, toNothing, MOST_ACTIONS / 2, pointerToNothing);
  const ends = beyond(most, sessions, now);
  const before = Math.max(0, ends.length - ENDED_AT_ONCE);
  await endMany(table, ends.slice(0, before));
  return {
    besides: Math.max(0, most - sessions.length),
    writes: ends.slice(before).flatMap((each) => ended(each, now)),
  };
};
