import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { rowKindOf } from '../../ops/row-kinds.ts';

/** Rows of the releases before, as their own code wrote them; `write.ts` beside this file makes those of another. */
const rowsOf = (release: string) =>
  z
    .object({ rows: z.array(z.looseObject({ pk: z.string(), sk: z.string() })) })
    .parse(JSON.parse(readFileSync(new URL(`${release}/rows.json`, import.meta.url), 'utf8'))).rows;

/** The key with which cursors were sealed, which nobody reads any more. */
const GONE = ['CURSOR_KEY'];

describe.each(['0.2.0'])('release %s', (release) => {
  const rows = rowsOf(release).filter(({ pk }) => !GONE.includes(pk));
  const kinds = [...Map.groupBy(rows, ({ pk, sk }) => `${pk.split('#')[0]} ${sk.split('#')[0]}`)];

  it.each(kinds)('The rows of an earlier release are read by today’s code: %s', (_, those) => {
    for (const row of those) expect(rowKindOf(row)?.read(row)).toBeDefined();
  });

  it.each(kinds)('The rows of an earlier release are read with an attribute more too: %s', (_, those) => {
    for (const row of those) expect(rowKindOf(row)?.read({ ...row, of_later: { a: [1] } })).toBeDefined();
  });
});
