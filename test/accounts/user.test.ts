import { expect, it } from 'vitest';
import { rolesOf } from '../../functions/accounts/caller.ts';
import { NO_ROLE, viewOfUser } from '../../functions/accounts/user.ts';

it('A user is shown with the roles held and the client that it is, and with nothing else', () => {
  const user = {
    user_id: 31,
    name: 'Ada',
    email: 'ada@example.com',
    email_verified: false,
    held: { client_id: 5, employee: true, liaison_for: null },
    created_at: '2026-11-01T00:00:00.000Z',
    hashed: 'secret',
  };
  expect(viewOfUser(user)).toEqual({
    user_id: 31,
    name: 'Ada',
    email: 'ada@example.com',
    email_verified: false,
    roles: ['client', 'employee'],
    client_id: 5,
  });
});

it('Somebody without a role is no client, no employee and no liaison', () => {
  expect(rolesOf(NO_ROLE)).toEqual([]);
  const user = { user_id: 1, name: 'Ada', email: 'a@b.cd', email_verified: true, created_at: '' };
  const view = viewOfUser({ ...user, held: NO_ROLE });
  expect(view).toMatchObject({ roles: [], client_id: null });
});
