import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../functions/adapters/table.ts';
import { findLogin, findUser, userOfRow } from '../functions/adapters/users.ts';
import type { User } from '../functions/domain/user.ts';
import { OpsError, type Target } from './target.ts';

/**
 * The user that an operator names, by e-mail address or id.
 *
 * @throws {OpsError} if there is none
 */
export const namedUser = async (table: Table, name: string): Promise<User> => {
  const user_id = /^\d+$/.test(name) ? Number(name) : (await findLogin(table, name))?.user_id;
  const user = user_id === undefined ? undefined : await findUser(table, user_id);
  if (user === undefined) throw new OpsError(`There is no user ${name}; see: npm run ops -- users list`);
  return user;
};

/** All users, in no particular order. It reads the whole table, which no request does and an operator may. */
export async function* allUsers({ documents, tableName }: Target): AsyncGenerator<User> {
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({
        TableName: tableName,
        FilterExpression: 'sk = :user',
        ExpressionAttributeValues: { ':user': 'USER' },
        ExclusiveStartKey,
      }),
    );
    for (const row of page.Items ?? []) yield userOfRow(row);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}
