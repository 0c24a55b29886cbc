import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Command, InvalidArgumentError } from 'commander';
import {
  type StoredNotification,
  storedNotifications,
} from '../functions/notifications/notification-listing.ts';
import { notificationKey } from '../functions/notifications/notification-store.ts';
import { isSecret } from '../functions/outbox/email.ts';
import { isConditionFailed } from '../functions/table/condition.ts';
import type { Key, Row } from '../functions/table/row.ts';
import { UnreadableRow } from '../functions/table/row-kind.ts';
import { recordFirst } from './audit.ts';
import { printTable, say } from './print.ts';
import { changedRow, type RowChange, removalOf, settingOf } from './row-changes.ts';
import { placed, rowKindOf } from './row-kinds.ts';
import { OpsError, type Target, tableOf } from './target.ts';

/** What has told of rows that cannot be read. */
const telling = async (target: Target): Promise<StoredNotification[]> =>
  (await storedNotifications(tableOf(target))).filter(({ unreadable_rows }) => unreadable_rows.size > 0);

const list = async (target: Target): Promise<void> => {
  const table = tableOf(target);
  const stateOf = async (name: string): Promise<string> => {
    const [pk = '', ...sk] = name.split(' ');
    const key = { pk, sk: sk.join(' ') };
    const row = await table.get(key);
    if (row === undefined) return 'gone';
    return faultsOf(row, key).length === 0 ? 'can be read now' : 'cannot be read';
  };
  const rows = (await telling(target)).flatMap(({ unreadable_rows, cause, first_at }) =>
    [...unreadable_rows].map(async (row) => [row, await stateOf(row), cause, first_at]),
  );
  if (rows.length === 0) return say('Nobody has met a row that cannot be read.');
  printTable(['ROW', 'STATE', 'WHAT COULD NOT BE READ', 'FIRST MET'], await Promise.all(rows));
};

const found = async (target: Target, key: Key): Promise<Row> => {
  const row = await tableOf(target).get(key);
  if (row === undefined) throw new OpsError(`There is no row ${key.pk} ${key.sk}.`);
  return row;
};

/** What is wrong with a row, place by place; nothing of a kind that this release does not know. */
const faultsOf = (row: Row, key: Key): string[] => {
  try {
    rowKindOf(key)?.read(row);
    const { pk, sk } = placed(key, row);
    return pk === key.pk && sk === key.sk ? [] : [`its ids are those of the row ${pk} ${sk}`];
  } catch (error) {
    if (!(error instanceof UnreadableRow)) throw error;
    return error.issues.map(({ path, message }) => `${path.join('.') || 'all of it'}: ${message}`);
  }
};

/** What is a secret, or the hash of one, is of no help to whoever repairs its row. */
const SECRETS = ['code', 'key', 'password'];
const shownOf =
  (row: Row) =>
  (name: string, value: unknown): unknown => {
    const isText = (name === 'text' || name === 'html') && isSecret({ kind: String(row.kind) });
    if (isText || SECRETS.includes(name)) return '(not shown)';
    return value instanceof Set ? [...value] : value;
  };

const show = async (target: Target, key: Key): Promise<void> => {
  const row = await found(target, key);
  for (const line of JSON.stringify(row, shownOf(row), 2).split('\n')) say(line);
  say('');
  if (rowKindOf(key) === undefined) return say('This release knows no row of that kind.');
  const faults = faultsOf(row, key);
  if (faults.length === 0) return say('It can be read.');
  say('It cannot be read:');
  for (const fault of faults) say(`  ${fault}`);
};

/** Writes those attributes that differ, if they are still as they were when the row was read. */
const write = async ({ documents, tableName }: Target, before: Row, after: Row, key: Key): Promise<void> => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const at = (name: string) => names.indexOf(name);
  const given = names.filter((name) => name in after);
  const gone = names.filter((name) => !(name in after));
  const set = given.map((name) => `#n${at(name)} = :new${at(name)}`).join(', ');
  const remove = gone.map((name) => `#n${at(name)}`).join(', ');
  await documents.send(
    new UpdateCommand({
      TableName: tableName,
      Key: { ...key },
      UpdateExpression: `${set && `SET ${set}`} ${remove && `REMOVE ${remove}`}`.trim(),
      ConditionExpression: [
        'attribute_exists(pk)',
        ...names.map((name) =>
          name in before ? `#n${at(name)} = :old${at(name)}` : `attribute_not_exists(#n${at(name)})`,
        ),
      ].join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#n${at(name)}`, name])),
      ExpressionAttributeValues: Object.fromEntries([
        ...given.map((name) => [`:new${at(name)}`, after[name]]),
        ...names.filter((name) => name in before).map((name) => [`:old${at(name)}`, before[name]]),
      ]),
    }),
  );
};

/** Takes a row that is no trouble any more out of what has told of it. */
const forget = async (target: Target, { pk, sk }: Key): Promise<void> => {
  const row = `${pk} ${sk}`;
  for (const notification of await telling(target)) {
    if (!notification.unreadable_rows.has(row)) continue;
    await target.documents.send(
      new UpdateCommand({
        TableName: target.tableName,
        Key: { ...notificationKey(notification) },
        UpdateExpression: 'DELETE unreadable_rows :row',
        ExpressionAttributeValues: { ':row': new Set([row]) },
      }),
    );
  }
};

interface Repair {
  set?: RowChange[];
  remove?: RowChange[];
  delete?: boolean;
}

const repair = async (target: Target, key: Key, how: Repair): Promise<void> => {
  const row = await found(target, key);
  const name = `${key.pk} ${key.sk}`;
  if (how.delete) {
    await recordFirst(target, 'rows repair --delete', { kind: 'row', id: name });
    await target.documents.send(new DeleteCommand({ TableName: target.tableName, Key: { ...key } }));
    await forget(target, key);
    return say(`The row ${name} is deleted.`);
  }
  if (rowKindOf(key) === undefined) throw new OpsError('This release knows no row of that kind.');
  const changes = [...(how.set ?? []), ...(how.remove ?? [])];
  const changed = changedRow(row, changes);
  const faults = faultsOf(changed, key);
  if (faults.length > 0) {
    const done = changes.length === 0 ? '' : ' with these changes either, so nothing was written';
    throw new OpsError(
      [`The row ${name} cannot be read${done}:`, ...faults.map((fault) => `  ${fault}`)].join('\n'),
    );
  }
  const after = placed(key, changed);
  if (!isDeepStrictEqual(after, row)) {
    await recordFirst(target, 'rows repair', { kind: 'row', id: name });
    await write(target, row, after, key).catch((error: Error & { $metadata?: object }) => {
      if (isConditionFailed(error)) {
        throw new OpsError(`The row ${name} has changed meanwhile; look at it again.`);
      }
      // What is no answer of DynamoDB's, or one that blames the request, is about what was to be written.
      if (error.$metadata === undefined || error.name === 'ValidationException') {
        throw new OpsError(`That cannot be stored, so nothing was written: ${error.message}`);
      }
      throw error;
    });
  }
  await forget(target, key);
  say(`The row ${name} can be read.`);
};

const given = (part: string): string => {
  if (part === '') throw new InvalidArgumentError('It must not be empty.');
  return part;
};

/** The commands for rows of the table that cannot be read. */
export const rowCommands = (target: () => Target): Command[] => {
  const group = new Command('rows').description('finds and repairs rows of the table that cannot be read');
  const onRow = (verb: string) => group.command(verb).argument('<pk>', '', given).argument('<sk>', '', given);
  group
    .command('list')
    .description('the rows that somebody has met and could not read')
    .action(() => list(target()));
  onRow('show')
    .description('one row, and what is wrong with it')
    .action((pk: string, sk: string) => show(target(), { pk, sk }));
  onRow('repair')
    .option('--set <path=json>', 'puts a value there, such as line_items[0].quantity=3', settingOf)
    .option('--remove <path>', 'removes what is there', removalOf)
    .option('--delete', 'deletes the row')
    .description('changes a row so that it can be read; one that can be read already is told of no more')
    .action((pk: string, sk: string, how: Repair) => repair(target(), { pk, sk }, how));
  return [group];
};
