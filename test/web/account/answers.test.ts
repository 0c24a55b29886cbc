import { describe, expect, it } from 'vitest';
import type { ListedSession, User } from '../../../client/src/index.ts';
import { hasUser, isSessions } from '../../../web/account/answers.ts';

const user: Omit<User, 'user_id'> = {
  name: 'Tess Quill',
  email: 'tess@example.com',
  email_verified: false,
  roles: [],
  client_id: null,
};

const session: Omit<ListedSession, 'remember_me'> = {
  session_id: 1,
  created_at: '2026-11-26T09:00:00.000Z',
  last_used_at: '2026-11-26T09:00:00.000Z',
  expires_at: null,
  current: true,
};

describe.each([
  ['a user', user, (one: object) => hasUser({ user: one })],
  ['a session', session, (one: object) => isSessions({ sessions: [one] })],
])('what the account’s pages understand of %s', (what, whole: object, isUnderstood) => {
  it(`The account’s pages understand ${what} of this release, and of a later one that says more`, () => {
    expect(isUnderstood(whole)).toBe(true);
    expect(isUnderstood({ ...whole, roles: ['unheard-of'], more: {} })).toBe(true);
  });

  it.each(Object.keys(whole))(`The account’s pages do not understand ${what} without %s`, (field) => {
    expect(isUnderstood({ ...whole, [field]: undefined })).toBe(false);
  });
});
