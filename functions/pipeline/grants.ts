import { findCredential, findUser, noteUse } from '../accounts/grants.ts';
import { findClient } from '../clients/grants.ts';
import { type Route, sendsEmail } from '../contract/define-route.ts';
import { findUndeployed } from '../deployments/grants.ts';
import { tellOfFaults } from '../notifications/grants.ts';
import { deliver, findSavedEmail, saveEmail, takeEmail } from '../outbox/grants.ts';
import { access, type Grant } from '../table/grants.ts';
import { findRecord, OPEN_IN_0_2, refuseDoneBy02, saveRecord } from '../table/idempotency-grants.ts';

/** Whatever is asked, it is looked whether the route is deployed, and the team is told of what fails. */
const everyRequest = access(findUndeployed, tellOfFaults);

const authenticate = access(findCredential, noteUse);

const oncePerKey = access(findRecord, saveRecord);

/** An e-mail is saved with its change, and sent; a request that is sent again looks what became of it. */
const email = access(saveEmail, deliver, findSavedEmail, takeEmail);

/** Everything that a route's function does to the table: its action, and the pipeline before and after it. */
export const tableGrants = (route: Route): Grant => {
  const { method, path, access: who, sends, table } = route;
  return access(
    everyRequest,
    ...(who === 'anyone' ? [] : [authenticate]),
    ...(method === 'POST' ? [oncePerKey] : []),
    // Release 0.2 may have answered under the same key, to whomever.
    ...(OPEN_IN_0_2.includes(path) ? [refuseDoneBy02] : []),
    ...(sendsEmail(route) ? [email] : []),
    ...(sends?.includes('email-to-user-later') ? [saveEmail] : []),
    ...(sends?.includes('email') ? [findClient] : []),
    ...(sends?.includes('email-to-user') ? [findUser] : []),
    table,
  );
};
