import * as z from 'zod/mini';

export const ROLES = ['client', 'liaison', 'employee'] as const;
export type Role = (typeof ROLES)[number];

/** A session as its owner sees it. `expires_at` is null when it was made with `remember_me`. */
export const sessionView = z.strictObject({
  token: z.string(),
  user_id: z.int(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  remember_me: z.boolean(),
  created_at: z.string(),
  last_used_at: z.string(),
  expires_at: z.nullable(z.string()),
});
export type SessionView = z.infer<typeof sessionView>;
