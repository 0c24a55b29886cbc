import { ended, endSession, keptSessionsOf, sessionId } from '../../../../accounts/user-sessions.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { destroySession } from './destroy.ts';
import { destroySession as route } from './route.ts';

export const handler = pipeline(route, ({ table, now }) =>
  destroySession({
    end: (token, user_id) => endSession(token, user_id, now),
    endById: async (session_id, user_id) => {
      const sessions = await keptSessionsOf(table, user_id);
      const found = sessions.find(({ token }) => sessionId(token) === session_id);
      return found && ended(found, now);
    },
  }),
);
