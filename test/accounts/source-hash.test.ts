import { expect, it } from 'vitest';
import { sourceHash } from '../../functions/accounts/source-hash.ts';
import { partitions } from '../../functions/table/partitions.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const day = (date: string) => new Date(`${date}T12:00:00.000Z`);

it('A source has one hash on one day, another on the next, and no other source has it', async () => {
  const hash = (source: string, date: string) => sourceHash(db.open(), source, day(date));
  const first = await hash('192.0.2.1', '2026-11-02');
  expect(await hash('192.0.2.2', '2026-11-02')).not.toBe(first);
  expect(await hash('192.0.2.1', '2026-11-03')).not.toBe(first);
  // Also when the key was made by another instance.
  expect(await hash('192.0.2.1', '2026-11-02')).toBe(first);
  expect(first).not.toContain('192');
});

it('The key of a day is made once, by however many at once, and is forgotten', async () => {
  const hashes = await Promise.all(
    Array.from({ length: 5 }, () => sourceHash(db.open(), '192.0.2.1', day('2026-11-04'))),
  );
  expect(new Set(hashes).size).toBe(1);
  const row = await db.open().get({ pk: partitions.sourceKey, sk: '2026-11-04' });
  expect(row?.expires_at).toBe(day('2026-11-06').getTime() / 1_000);
});
