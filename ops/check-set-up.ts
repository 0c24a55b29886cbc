import {
  type Application,
  createApplication,
  listApplications,
  revokeApplication,
} from '../functions/accounts/applications.ts';
import { tokenKey } from '../functions/accounts/tokens.ts';
import { saveClient } from '../functions/clients/clients.ts';
import type { Scope } from '../functions/contract/define-route.ts';
import { parameterOf, type SetUp, setUpOf } from '../functions/jobs/check-from-outside/set-up.ts';
import { makeOrder } from '../functions/orders/order-creation.ts';
import { findOrder, saveNewOrder } from '../functions/orders/order-store.ts';
import { readParameter } from '../functions/outbox/channels/email/secret.ts';
import { randomId } from '../functions/table/ids.ts';
import type { Table } from '../functions/table/table.ts';
import { checkName } from '../infra/stages.ts';
import { recorded } from './audit.ts';
import { storeSecret } from './store-secret.ts';
import { stageOf, type Target, tableOf } from './target.ts';

/** What people see where an application or a client is named. */
const NAME = 'check-from-outside';
const SCOPES: Scope[] = ['orders:read', 'orders:write'];
/** Nobody gets e-mail of its order, whatever somebody does to that by hand: no domain ends so (RFC 2606). */
const EMAIL = 'check-from-outside@plano-orders.invalid';
/** Nobody is to drive there. */
const FAR_OFF = '2099-12-31T00:00:00.000Z';

/** What the check of a stage was set up with; undefined when it was not. */
export const findSetUp = async (target: Target): Promise<SetUp | undefined> => {
  const { SSMClient } = await import('@aws-sdk/client-ssm');
  return setUpOf(await readParameter(new SSMClient(target.ssm), checkName(stageOf(target))));
};

const hasOrder = async (table: Table, { order_id, appt_id }: SetUp): Promise<boolean> =>
  (await findOrder(table, order_id))?.appointments.some((each) => each.appt_id === appt_id) ?? false;

/** What keeps the check from passing of what it was set up with; undefined when nothing does. */
export const faultOf = async (target: Target, setUp: SetUp | undefined): Promise<string | undefined> => {
  if (setUp === undefined) return 'It is not set up.';
  const table = tableOf(target);
  if ((await table.get(tokenKey(setUp.token))) === undefined) return 'Its token is revoked.';
  return (await hasOrder(table, setUp)) ? undefined : 'Its order, or the appointment of that, is not there.';
};

/** An application of that name is the check's own; its token is known to nobody, so that it gets another with a new one. */
const newApplication = async (target: Target, table: Table, now: Date) => {
  const entry = (id: number) => recorded(target, 'check set-up', { kind: 'application', id });
  const before = (await listApplications(table)).find(({ name }) => name === NAME);
  if (before !== undefined) await revokeApplication(table, before.application_id, entry);
  return createApplication(table, { name: NAME, scopes: SCOPES }, now, entry);
};

const newOrder = async (table: Table, { application_id, name, scopes }: Application, now: Date) => {
  const client_id = randomId();
  const { order, history } = makeOrder(
    {
      line_items: [{ name: 'Nothing to do: the check from outside changes this order', quantity: 1 }],
      appointment: { scheduled_for: FAR_OFF },
    },
    client_id,
    { caller: { kind: 'application', id: application_id, name, scopes }, now, newId: randomId },
  );
  const created_at = now.toISOString();
  const client = saveClient({ client_id, user_id: randomId(), name, email: EMAIL, created_at });
  await table.transact([...client, ...saveNewOrder(order, history)]);
  return { order_id: order.order_id, appt_id: order.appointments[0]?.appt_id as number };
};

/**
 * Gives the check a new token, and an order of a client of its own if it has none, and stores both for it. A run at this very
 * moment may still use the token of before, and fail.
 */
export const setUpCheck = async (target: Target, now: Date): Promise<SetUp> => {
  const table = tableOf(target);
  const before = await findSetUp(target);
  const { application, token } = await newApplication(target, table, now);
  const kept = before !== undefined && (await hasOrder(table, before)) ? before : undefined;
  const { order_id, appt_id } = kept ?? (await newOrder(table, application, now));
  const setUp = { token, order_id, appt_id };
  await storeSecret(target, checkName(stageOf(target)), parameterOf(setUp));
  return setUp;
};
