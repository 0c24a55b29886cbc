import { tokenKey } from '../../../../accounts/tokens.ts';
import { endOthers } from '../../../../accounts/user-sessions.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { destroyOtherSessions } from './destroy_others.ts';
import { destroyOtherSessions as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  destroyOtherSessions({
    endOthers: (user_id, token) => endOthers(table, user_id, tokenKey(token)),
  }),
);
