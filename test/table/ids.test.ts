import { expect, it } from 'vitest';
import { isToken } from '../../functions/accounts/tokens.ts';
import { id } from '../../functions/contract/params.ts';
import { randomId, randomToken } from '../../functions/table/ids.ts';

const many = <T>(make: () => T): T[] => Array.from({ length: 1_000 }, make);

it('An id is one that the contract takes, and never comes twice', () => {
  const ids = many(randomId);
  expect(ids.filter((value) => !id.safeParse(value).success)).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

it.each(['ses', 'app'] as const)(
  'A token of kind %s has its form and 256 bits, and never comes twice',
  (kind) => {
    const tokens = many(() => randomToken(kind));
    expect(tokens.filter((token) => !isToken(token) || !token.startsWith(`${kind}_`))).toEqual([]);
    expect(Buffer.from(tokens[0]?.slice(4) ?? '', 'base64url')).toHaveLength(32);
    expect(new Set(tokens).size).toBe(tokens.length);
  },
);
