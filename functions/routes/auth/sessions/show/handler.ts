import { findUser } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { showSession as route } from './route.ts';
import { showSession } from './show.ts';

export const handler = pipeline(route, ({ table }) =>
  showSession({ findUser: (user_id) => findUser(table, user_id) }),
);
