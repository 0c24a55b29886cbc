import * as z from 'zod/mini';
import { givenPassword } from '../../../../accounts/account-params.ts';
import {
  findLogin,
  findSavedLogin,
  lastSignInFrom,
  limitAttempts,
  openSession,
  passwordUnchanged,
  rememberSource,
  reopenSession,
  replacePassword,
  sourceHash,
} from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';
import { access } from '../../../../table/grants.ts';

export const createSession = defineRoute({
  method: 'POST',
  path: 'sessions/create',
  service: 'auth',
  purpose: 'Signs a user in: a new session.',
  sensitive: true,
  access: 'anyone',
  // A password that is too short was wrong, and no more is said of it.
  params: z.strictObject({
    email: emailAddress,
    password: givenPassword,
    remember_me: z.optional(z.boolean()),
  }),
  data: z.strictObject({ user: userView }),
  table: access(
    findLogin,
    lastSignInFrom,
    passwordUnchanged,
    limitAttempts,
    openSession,
    rememberSource,
    replacePassword,
    findSavedLogin,
    reopenSession,
    sourceHash,
  ),
  sends: ['email-to-user-later'],
});
