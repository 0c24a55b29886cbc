import * as z from 'zod/mini';
import { givenPassword, password } from '../../../../accounts/account-params.ts';
import {
  changeUser,
  countAttempts,
  endOthers,
  findLogin,
  findSavedLogin,
  findUser,
  setPassword,
  useProof,
} from '../../../../accounts/grants.ts';
import { defineRoute } from '../../../../contract/define-route.ts';
import { access } from '../../../../table/grants.ts';

export const changePassword = defineRoute({
  method: 'POST',
  path: 'users/change_password',
  service: 'auth',
  purpose: 'Sets another password, and signs the user out everywhere else.',
  sensitive: true,
  access: 'session',
  params: z.strictObject({ current_password: givenPassword, password }),
  data: z.strictObject({}),
  table: access(
    countAttempts,
    findUser,
    findLogin,
    findSavedLogin,
    setPassword,
    changeUser,
    useProof,
    endOthers,
  ),
  sends: ['email-to-user'],
});
