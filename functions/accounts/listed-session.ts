import * as z from 'zod/mini';
import { id } from '../contract/params.ts';

/** A session among those of its user, none of which can be used by what is told of it. Times are ISO 8601 UTC. */
export const listedSession = z.strictObject({
  session_id: id,
  created_at: z.string(),
  last_used_at: z.string(),
  remember_me: z.boolean(),
  /** When it expires if it is not used before; null for one that was made with `remember_me`. */
  expires_at: z.nullable(z.string()),
  /** Whether it is the one that the request came with. */
  current: z.boolean(),
});
export type ListedSession = z.infer<typeof listedSession>;
