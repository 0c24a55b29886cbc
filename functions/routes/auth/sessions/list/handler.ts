import { tokenKey } from '../../../../accounts/tokens.ts';
import { keptSessionsOf, sessionId } from '../../../../accounts/user-sessions.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { listSessions } from './list.ts';
import { listSessions as route } from './route.ts';

export const handler = pipeline(route, ({ table }) =>
  listSessions({
    sessionsOf: async (user_id) =>
      (await keptSessionsOf(table, user_id)).flatMap(({ token, session }) =>
        session === undefined ? [] : [{ session_id: sessionId(token), session }],
      ),
    idOf: (token) => sessionId(tokenKey(token)),
  }),
);
