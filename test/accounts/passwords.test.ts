import { scryptSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashPassword, isOutdated, seedOf } from '../../functions/accounts/passwords.ts';

it('The password that was hashed is recognised, in whatever Unicode form, and no other', async () => {
  const { hashed, seed } = await hashPassword('Zoë’s password');
  expect(await seedOf('Zoe\u0308’s password', hashed)).toEqual(seed);
  expect(await seedOf('Zoë’s Password', hashed)).toBeUndefined();
  expect(await seedOf('Zoë’s password', undefined)).toBeUndefined();
});

it('A password is hashed with scrypt at OWASP’s cost and a salt of its own, stored beside the hash', async () => {
  const { hashed, seed } = await hashPassword('a password');
  expect(hashed).toMatchObject({ algorithm: 'scrypt', cost: 131_072, blockSize: 8, parallelization: 1 });
  const options = { cost: 131_072, blockSize: 8, parallelization: 1, maxmem: 2 ** 28 };
  const expected = scryptSync('a password', Buffer.from(hashed.salt, 'base64'), 32, options);
  expect(hashed.hash).toBe(expected.toString('base64'));
  expect(JSON.stringify(hashed)).not.toContain(seed.toString('base64'));
  const other = await hashPassword('a password');
  expect(other.hashed.salt).not.toBe(hashed.salt);
  expect(other.seed).not.toEqual(seed);
});

it('A password that was hashed with other parameters is recognised, and that they are outdated', async () => {
  const salt = Buffer.from('an old salt');
  const how = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
  const hash = scryptSync('a password', salt, 32, how).toString('base64');
  const old = { algorithm: 'scrypt', ...how, salt: salt.toString('base64'), hash } as const;
  expect(await seedOf('a password', old)).toBeDefined();
  expect(isOutdated(old)).toBe(true);
  expect(isOutdated((await hashPassword('a password')).hashed)).toBe(false);
});
