import * as z from 'zod/mini';
import { linkToken, password } from '../../../../accounts/account-params.ts';
import {
  changeUser,
  countAttempts,
  employ,
  endOthers,
  findLogin,
  findProof,
  findSavedLogin,
  findUser,
  setPassword,
  useProof,
} from '../../../../accounts/grants.ts';
import { record } from '../../../../audit/grants.ts';
import { verifiedClient } from '../../../../clients/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const resetPassword = defineRoute({
  method: 'POST',
  path: 'users/reset_password',
  service: 'auth',
  purpose: 'Sets another password by a link that was sent, and signs the user out everywhere.',
  sensitive: true,
  access: 'anyone',
  params: z.strictObject({ reset: linkToken, password }),
  data: z.strictObject({}),
  table: access(
    countAttempts,
    findProof,
    useProof,
    findUser,
    changeUser,
    employ,
    findLogin,
    findSavedLogin,
    setPassword,
    endOthers,
    verifiedClient,
    record,
  ),
  sends: ['email', 'email-to-user'],
});
