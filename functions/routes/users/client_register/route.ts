import * as z from 'zod/mini';
import { defineRoute } from '../../../contract/define-route.ts';
import { text } from '../../../contract/params.ts';
import { userView } from '../../../contract/user.ts';

export const registerClient = defineRoute({
  method: 'POST',
  path: 'users/client_register',
  service: 'auth',
  purpose: 'Makes the session’s user a client, and welcomes it by e-mail.',
  sensitive: false,
  access: 'session',
  params: z.strictObject({
    phone: z.optional(text(50, 1)),
    company_name: z.optional(text(200, 1)),
    address: z.optional(text(1_000, 1)),
  }),
  data: z.strictObject({ user: userView }),
  table: {
    client: ['PutItem'],
    token: ['BatchGetItem', 'DeleteItem', 'GetItem', 'UpdateItem'],
    user: ['BatchGetItem', 'DeleteItem', 'Query', 'UpdateItem'],
  },
  sendsEmail: true,
});
