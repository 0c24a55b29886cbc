import { messagesTo } from '../../../../accounts/message-attempts.ts';
import { newProof } from '../../../../accounts/proof-emails.ts';
import { findUser } from '../../../../accounts/users.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { randomId } from '../../../../table/ids.ts';
import { sendVerification as route } from './route.ts';
import { sendVerification } from './send_verification.ts';

export const handler = pipeline(route, ({ table, now }) =>
  sendVerification({
    newId: randomId,
    findUser: (user_id) => findUser(table, user_id),
    newVerification: (user_id, saving) => newProof('verification', user_id, saving),
    messagesTo: (email) => messagesTo(table, email, now),
  }),
);
