import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { User } from '../functions/accounts/user.ts';
import { COMPLETE_KEY, rowInEmployees, rowInUsers } from '../functions/accounts/user-list.ts';
import { userRows } from '../functions/accounts/users.ts';
import { rowInClients, rowOfAddress } from '../functions/clients/client-list.ts';
import { clientKey, clientRows } from '../functions/clients/clients.ts';
import type { Row } from '../functions/table/row.ts';
import type { Table } from '../functions/table/table.ts';
import { sayLeftOut } from './left-out.ts';
import { say } from './print.ts';
import { readThrough } from './read-through.ts';
import { type Target, tableOf } from './target.ts';

/** So many rows are written at the same time. */
const AT_ONCE = 25;

/**
 * The rows by which a user is found, and the client that it is. Of a client of release 0.2 it is not known since when it is one.
 *
 * @param told hears of a client whose row cannot be read
 */
const entriesOf = async (target: Target, told: Table, user: User): Promise<Row[]> => {
  const { client_id, employee } = user.held;
  const row = client_id === null ? undefined : await tableOf(target).get(clientKey(client_id));
  return [
    rowInUsers(user),
    ...(employee ? [rowInEmployees(user)] : []),
    ...clientRows
      .readAll(told, row === undefined ? [] : [row])
      .flatMap(({ created_at = user.created_at, email }) => [
        rowInClients({ client_id: Number(client_id), created_at }),
        rowOfAddress({ client_id: Number(client_id), email }),
      ]),
  ];
};

/**
 * Puts all users into their lists, and those who are clients into that of clients: those too that release 0.2 has made, which knew
 * none. It reads the whole table.
 */
export const reindexUsers = async (target: Target): Promise<void> => {
  const { documents, tableName } = target;
  const table = tableOf(target);
  const put = (Item: Row) => documents.send(new PutCommand({ TableName: tableName, Item }));
  const since = new Date().toISOString();
  const filter = { FilterExpression: 'sk = :user', ExpressionAttributeValues: { ':user': 'USER' } };
  const told = await readThrough(target, filter, 'users listed', async (rows) => {
    const users = userRows.readAll(table, rows);
    const entries = (await Promise.all(users.map((user) => entriesOf(target, table, user)))).flat();
    for (let start = 0; start < entries.length; start += AT_ONCE) {
      await Promise.all(entries.slice(start, start + AT_ONCE).map(put));
    }
    return users.length;
  });
  await put({ ...COMPLETE_KEY, since });
  sayLeftOut(table, target);
  say(`${told}. All users and clients are in their lists.`);
};
