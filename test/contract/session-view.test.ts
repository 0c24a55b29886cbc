import { describe, expect, it } from 'vitest';
import { ROLES, sessionView } from '../../functions/contract/session-view.ts';

const session = {
  token: 'ses_1',
  user_id: 31,
  name: 'Clara Client',
  roles: ['client'],
  remember_me: false,
  created_at: '2026-11-01T00:00:00.000Z',
  last_used_at: '2026-11-02T00:00:00.000Z',
  expires_at: '2026-11-04T00:05:00.000Z',
};
const fits = (value: unknown): boolean => sessionView.safeParse(value).success;

describe('a session as its owner sees it', () => {
  it('A session is shown with all that belongs to it, and with no expiry when it is remembered', () => {
    expect(sessionView.parse(session)).toEqual(session);
    expect(fits({ ...session, expires_at: null })).toBe(true);
  });

  it.each(Object.keys(session))('A session that is shown has a %s', (name) => {
    const { [name as keyof typeof session]: _, ...rest } = session;
    expect(fits(rest)).toBe(false);
  });

  it('A session shows nothing else, such as what a row keeps of it', () => {
    expect(fits({ ...session, hash: 'x' })).toBe(false);
  });

  it('A session can have each of the roles at once, and no other', () => {
    expect(fits({ ...session, roles: ROLES })).toBe(true);
    expect(fits({ ...session, roles: [] })).toBe(true);
    for (const roles of [['client', 'liaison', 'employee'], ['employee']]) {
      expect(fits({ ...session, roles })).toBe(true);
    }
    for (const role of ['', 'admin']) expect(fits({ ...session, roles: [role] })).toBe(false);
  });
});
