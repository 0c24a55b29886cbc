import type {
  ListedSession,
  SessionsListData,
  SessionsShowData,
  User,
  UsersRegisterData,
} from '../../client/src/index.ts';
import { hash, listOf, number, orNull, text, truth } from '../kit/checks.ts';

const user = hash<User>({
  name: text,
  email: text,
  email_verified: truth,
  roles: listOf(text),
  client_id: orNull(number),
});

const session = hash<ListedSession>({
  session_id: number,
  created_at: text,
  last_used_at: text,
  expires_at: orNull(text),
  current: truth,
});

/** Whether an answer shows a user: that of `sessions/show`, `users/register`, `users/verify` and `users/client_register`. */
export const hasUser = hash<SessionsShowData & UsersRegisterData>({ user });
export const isSessions = hash<SessionsListData>({ sessions: listOf(session) });
