import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { tellOfFaults } from '../../functions/notifications/fault-notifications.ts';
import { notifyOfRow } from '../../functions/notifications/notification-store.ts';
import { RowKind, UnreadableRow } from '../../functions/table/row-kind.ts';
import { NOW } from '../support/sessions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());
const schema = z.object({ name: z.string() });
const row = (given: object) => ({ pk: 'THING#7', sk: 'THING', ...given });

describe('a row', () => {
  const kind = new RowKind(schema, [
    ({ title, ...older }) => ({ ...older, called: title }),
    ({ called, ...older }) => ({ ...older, name: called }),
  ]);

  it('A row of the first version, which says nothing of it, is upgraded step by step', () => {
    expect(kind.read(row({ title: 'Ada' }))).toEqual({ name: 'Ada' });
  });

  it('A row of a version between is upgraded from there', () => {
    expect(kind.read(row({ schema_version: 2, called: 'Ada' }))).toEqual({ name: 'Ada' });
  });

  it('A row of a later version, and with attributes that this release does not know, is read as it is', () => {
    expect(kind.read(row({ schema_version: 9, name: 'Ada', mood: 'good' }))).toEqual({ name: 'Ada' });
  });

  it('A row that is written says its version, unless it is the first', () => {
    expect(kind.version).toEqual({ schema_version: 3 });
    expect(new RowKind(schema).version).toEqual({});
  });

  it('A row that cannot be read is named by its key, without what stands in it', () => {
    const error = (() => {
      try {
        return new RowKind(schema).read(row({ name: 4711 }));
      } catch (thrown) {
        return thrown as UnreadableRow;
      }
    })();
    expect(error).toBeInstanceOf(UnreadableRow);
    expect(error).toMatchObject({
      message: 'the row THING#7 THING cannot be read',
      path: 'name',
    });
    expect(`${error}`).not.toContain('4711');
  });
});

describe('a row that is left out', () => {
  const kind = new RowKind(schema);
  const leaveOut = async (...keys: string[]) => {
    const table = db.open();
    const rows = keys.map((pk) => ({ pk, sk: 'THING', name: 1 }));
    expect(kind.readAll(table, [...rows, row({ name: 'Ada' })])).toEqual([{ name: 'Ada' }]);
    const place = { where: 'things/list', request_id: 'request-1' };
    return tellOfFaults(table, place, [], NOW, 10_000);
  };
  const notification = () => db.row({ pk: 'NOTIFICATION', sk: 'unreadable-row#THING THING: name' });

  it('A row that is left out takes none of its neighbours with it, and is for the log, by its key', async () => {
    const logged = await leaveOut('THING#1');
    expect(logged.map(String)).toEqual(['UnreadableRow: the row THING#1 THING cannot be read']);
  });

  it('A row that is left out is told once, however often it is met, and another of its kind beside it', async () => {
    for (let time = 0; time < 3; time += 1) await leaveOut('THING#1');
    await leaveOut('THING#1', 'THING#2');
    expect(await notification()).toMatchObject({
      kind: 'unreadable-row',
      cause: 'THING THING: name',
      state: 'open',
      occurrences: 2,
      unreadable_rows: new Set(['THING#1 THING', 'THING#2 THING']),
    });
  });

  it('A row that is left out is not named any more when there are twenty already', async () => {
    const occurrence = {
      kind: 'unreadable-row',
      cause: 'THING THING: name',
      request_id: 'request-1',
    } as const;
    for (let number = 0; number < 25; number += 1) {
      await notifyOfRow(db.open(), occurrence, `THING#${number} THING`, NOW);
    }
    const { unreadable_rows } = (await notification()) ?? {};
    expect((unreadable_rows as Set<string>).size).toBe(20);
  });
});
