import * as z from 'zod/mini';
import { callerName, password } from '../../../../accounts/account-params.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';

export const registerUser = defineRoute({
  method: 'POST',
  path: 'users/register',
  service: 'auth',
  purpose: 'Makes a user, who has no role yet, and a session.',
  sensitive: true,
  access: 'anyone',
  params: z.strictObject({
    email: emailAddress,
    password,
    name: callerName,
    remember_me: z.optional(z.boolean()),
  }),
  data: z.strictObject({ user: userView }),
  table: {
    attempts: ['BatchGetItem', 'ConditionCheckItem', 'PutItem'],
    idempotency: ['UpdateItem'],
    login: ['BatchGetItem', 'GetItem', 'PutItem'],
    token: ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem'],
    used: ['BatchGetItem', 'UpdateItem'],
    user: ['BatchGetItem', 'DeleteItem', 'PutItem', 'Query', 'UpdateItem'],
    users: ['PutItem'],
  },
});
