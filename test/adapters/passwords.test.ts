import { scryptSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { hashPassword, isOutdated, matchesPassword } from '../../functions/adapters/passwords.ts';

it('recognises the password that was hashed, in whatever Unicode form, and no other', async () => {
  const stored = await hashPassword('Zoë’s password');
  expect(await matchesPassword('Zoe\u0308’s password', stored)).toBe(true);
  expect(await matchesPassword('Zoë’s Password', stored)).toBe(false);
  expect(await matchesPassword('Zoë’s password', undefined)).toBe(false);
});

it('hashes with scrypt at OWASP’s cost and a salt of its own, stored beside the hash', async () => {
  const stored = await hashPassword('a password');
  expect(stored).toMatchObject({ algorithm: 'scrypt', cost: 131_072, blockSize: 8, parallelization: 1 });
  const options = { cost: 131_072, blockSize: 8, parallelization: 1, maxmem: 2 ** 28 };
  const expected = scryptSync('a password', Buffer.from(stored.salt, 'base64'), 32, options);
  expect(stored.hash).toBe(expected.toString('base64'));
  expect((await hashPassword('a password')).salt).not.toBe(stored.salt);
});

it('recognises a password that was hashed with other parameters, and that they are outdated', async () => {
  const salt = Buffer.from('an old salt');
  const how = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
  const hash = scryptSync('a password', salt, 32, how).toString('base64');
  const old = { algorithm: 'scrypt', ...how, salt: salt.toString('base64'), hash } as const;
  expect(await matchesPassword('a password', old)).toBe(true);
  expect(isOutdated(old)).toBe(true);
  expect(isOutdated(await hashPassword('a password'))).toBe(false);
});
