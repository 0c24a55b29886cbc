import { isDeepStrictEqual } from 'node:util';
import { BlockedAlready, blocked } from '../functions/accounts/blocking.ts';
import { withdrawnInvitation } from '../functions/accounts/invitations.ts';
import { loginKey } from '../functions/accounts/logins.ts';
import { PROOFS, type Purpose, proofKey } from '../functions/accounts/proofs.ts';
import type { User } from '../functions/accounts/user.ts';
import { rowInEmployees, rowInUsers } from '../functions/accounts/user-list.ts';
import { endAllSessions, inPortions, MOST_ACTIONS } from '../functions/accounts/user-sessions.ts';
import { userKey } from '../functions/accounts/users.ts';
import { findClientId, rowOfAddress } from '../functions/clients/client-list.ts';
import { clientKey } from '../functions/clients/clients.ts';
import { discardEmail, Undecidable } from '../functions/outbox/outbox-operator.ts';
import { conditionHolds } from '../functions/table/condition.ts';
import { partitions } from '../functions/table/partitions.ts';
import type { Key, Row } from '../functions/table/row.ts';
import type { Table } from '../functions/table/table.ts';
import { ChangedMeanwhile, untilUnchanged } from '../functions/table/until-unchanged.ts';
import { removed, unconditional, type Write } from '../functions/table/write.ts';
import type { Input } from './ask-secret.ts';
import { recordFirst } from './audit.ts';
import { confirm } from './confirm.ts';
import { ERASED, erasedRow } from './erased-rows.ts';
import { describe, namedUser } from './find-user.ts';
import { say } from './print.ts';
import { readThrough } from './read-through.ts';
import { type Target, tableOf } from './target.ts';

/** So often a row is read again that somebody changes meanwhile. */
const MOST_TRIES = 10;
/** So many rows are changed at the same time. */
const AT_ONCE = 25;
/** No domain ends so (RFC 2606), and nobody has verified it: nothing is sent there, and nobody is told. */
const NO_ADDRESS = 'erased@plano-orders.invalid';

const keyOf = ({ pk, sk }: Row): Key => ({ pk: String(pk), sk: String(sk) });

/** Takes the name out of a row; true if it was there. */
const eraseName = (table: Table, key: Key, user: User): Promise<boolean> =>
  untilUnchanged(MOST_TRIES, async () => {
    const row = await table.getAgain(key);
    const after = row && erasedRow(row, user);
    if (row === undefined || isDeepStrictEqual(after, row)) return false;
    // By which it is seen that somebody has changed it: an order, a notification; history stands as it is.
    const time = ['updated_at', 'last_at', 'at'].find((each) => each in row) ?? 'pk';
    await table.transact([
      {
        put: {
          Item: after,
          ConditionExpression: '#time = :seen',
          ExpressionAttributeNames: { '#time': time },
          ExpressionAttributeValues: { ':seen': row[time] },
        },
        refused: () => new ChangedMeanwhile(),
      },
    ]);
    return true;
  });

/** Discards an e-mail if it waits, and takes its text away. */
const eraseEmail = async (table: Table, key: Key, { email_id }: Row): Promise<boolean> => {
  await discardEmail(table, Number(email_id), new Date())
    .then(({ write }) => table.transact([write]))
    .catch((error: unknown) => {
      if (!(error instanceof Undecidable)) throw error;
    });
  return conditionHolds(
    table.update({
      Key: key,
      UpdateExpression: 'REMOVE #text, html',
      ConditionExpression: 'attribute_exists(html)',
      ExpressionAttributeNames: { '#text': 'text' },
    }),
  );
};

/** Takes somebody out of orders, their history, e-mails and notifications, telling how far it has got. It reads the whole table. */
const eraseFromRows = async (target: Target, user: User): Promise<void> => {
  const { user_id, held, name } = user;
  const isToThem = (row: Row) =>
    row.user_id === user_id || (held.client_id !== null && row.client_id === held.client_id);
  const eraseFrom = async (row: Row): Promise<boolean> => {
    const table = tableOf(target);
    if (String(row.pk).startsWith(partitions.email)) {
      return isToThem(row) && eraseEmail(table, keyOf(row), row);
    }
    return !isDeepStrictEqual(erasedRow(row, { user_id, name }), row) && eraseName(table, keyOf(row), user);
  };
  const filter = {
    ConsistentRead: true,
    FilterExpression: 'begins_with(pk, :order) OR begins_with(pk, :email) OR pk = :notifications',
    ExpressionAttributeValues: {
      ':order': partitions.order,
      ':email': partitions.email,
      ':notifications': partitions.notifications,
    },
  };
  const told = await readThrough(target, filter, 'changed', async (rows) => {
    let changed = 0;
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const done = await Promise.all(rows.slice(start, start + AT_ONCE).map(eraseFrom));
      changed += done.filter(Boolean).length;
    }
    return changed;
  });
  say(`${told}.`);
};

/** What is left of a client: its id, by which orders know it. */
const erasedClient = (client_id: number): Write => ({
  update: {
    Key: clientKey(client_id),
    UpdateExpression:
      'SET #name = :erased, email = :none, email_verified = :no REMOVE phone, company_name, address',
    ExpressionAttributeNames: { '#name': 'name' },
    ExpressionAttributeValues: { ':erased': ERASED, ':none': NO_ADDRESS, ':no': false },
  },
  refused: unconditional,
});

/** Takes away what makes somebody a user, and a client. The user's own row goes last: until then the command can be typed again. */
const eraseAccount = async (table: Table, user: User): Promise<void> => {
  const { user_id, email } = user;
  const { client_id } = user.held;
  const inPartition = (value: string) =>
    Array.fromAsync(
      table.rows({ partition: { name: 'pk', value }, sort: { name: 'sk', from: ' ', to: '~' } }),
    );
  const rows = (await Promise.all([userKey(user_id).pk, loginKey(email).pk].map(inPartition))).flat();
  const beside = rows.map(keyOf).filter(({ sk }) => sk !== userKey(user_id).sk && sk !== loginKey(email).sk);
  await inPortions(table, beside, MOST_ACTIONS, (key) => [removed(key)]);
  const hasAddress = client_id !== null && (await findClientId(table, email)) === client_id;
  const listed = [rowInUsers(user), rowInEmployees(user)].map(keyOf);
  const proofs = (Object.keys(PROOFS) as Purpose[]).filter((purpose) => purpose !== 'invitation');
  await table.transact([
    ...[loginKey(email), userKey(user_id), ...listed].map(removed),
    ...proofs.map((purpose) => removed(proofKey(purpose, user_id))),
    ...withdrawnInvitation(user_id),
    ...(client_id === null ? [] : [erasedClient(client_id)]),
    ...(hasAddress ? [removed(keyOf(rowOfAddress({ client_id, email })))] : []),
  ]);
};

/**
 * Takes a person out of everything, for good. Orders and their history stay, with ids. It always asks, and when it is interrupted,
 * the same command goes on.
 *
 * @throws {OpsError} unless whoever is asked says yes
 */
export const eraseUser = async (target: Target, name: string, input: Input): Promise<void> => {
  const table = tableOf(target);
  const user = await namedUser(table, name);
  const { user_id, email } = user;
  describe(user);
  say(
    'Nothing brings that back. Another person of the same name loses it as well where orders say who did something.',
  );
  await confirm(`Shall ${user.name} be erased?`, input);
  await recordFirst(target, 'users erase', { kind: 'user', id: user_id });
  const now = new Date();
  await table.transact([blocked(email, now)]).catch((error: unknown) => {
    if (!(error instanceof BlockedAlready)) throw error;
  });
  await endAllSessions(table, user_id, now);
  await eraseFromRows(target, user);
  await eraseAccount(table, user);
  say(
    `User ${user_id} is erased. What repeats answers under idempotency keys is forgotten within some days.`,
  );
};
