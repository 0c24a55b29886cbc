import { type HeldRoles, rolesOf } from './caller.ts';
import type { UserView } from './user-view.ts';

/** Somebody with an e-mail address and a password. */
export interface User {
  user_id: number;
  name: string;
  email: string;
  /** Whether it is known that the address is theirs. */
  email_verified: boolean;
  held: HeldRoles;
  created_at: string;
}

/** The roles of somebody who has none. */
export const NO_ROLE: HeldRoles = { client_id: null, employee: false, liaison_for: null };

export const viewOfUser = ({ user_id, name, email, email_verified, held }: User): UserView => ({
  user_id,
  name,
  email,
  email_verified,
  roles: rolesOf(held),
  client_id: held.client_id,
});
