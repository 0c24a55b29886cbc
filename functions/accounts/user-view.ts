import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { ROLES } from '../contract/session-view.ts';

/** A user, as the user sees itself. */
export const userView = z.strictObject({
  user_id: id,
  name: z.string(),
  email: z.string(),
  /** Whether the address is verified: until then nothing but what verifies it is sent there. */
  email_verified: z.boolean(),
  roles: z.array(z.enum(ROLES)),
  /** The client that the user is, if it is one. */
  client_id: z.nullable(id),
});
export type UserView = z.infer<typeof userView>;
