import * as z from 'zod/mini';
import { code, linkToken } from '../../../../accounts/account-params.ts';
import {
  changeUser,
  countAttempts,
  findLogin,
  findProof,
  findUser,
  proofToTry,
  useProof,
} from '../../../../accounts/grants.ts';
import { userView } from '../../../../accounts/user-view.ts';
import { verifiedClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { emailAddress } from '../../../../contract/email-address.ts';
import { access } from '../../../../table/grants.ts';

export const verifyUser = defineRoute({
  method: 'POST',
  path: 'users/verify',
  service: 'auth',
  purpose: 'Verifies that an e-mail address is the user’s, by what was sent there.',
  sensitive: true,
  access: 'anyone',
  params: z.strictObject({
    verification: z.optional(linkToken),
    email: z.optional(emailAddress),
    code: z.optional(code),
  }),
  data: z.strictObject({ user: userView }),
  table: access(
    countAttempts,
    findLogin,
    findProof,
    proofToTry,
    useProof,
    findUser,
    changeUser,
    verifiedClient,
  ),
  sends: ['email'],
});
