import { endSession } from '../../../../accounts/user-sessions.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { destroySession } from './destroy.ts';
import { destroySession as route } from './route.ts';

export const handler = pipeline(route, ({ table, now, writesOf }) =>
  destroySession({
    end: (token, user_id, outcome) => endSession(table, token, user_id, writesOf(outcome), now),
  }),
);
