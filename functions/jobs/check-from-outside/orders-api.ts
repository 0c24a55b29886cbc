import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { BASE_PATH } from '../../contract/define-route.ts';
import { plainName } from '../../notifications/notification-store.ts';
import { CheckFailed, type Step } from './check-failed.ts';
import type { CheckedOrder, OrdersApi } from './check-from-outside.ts';
import { parsedJson } from './parsed-json.ts';
import type { SetUp } from './set-up.ts';

/** Of an answer in the API's envelope, what the check looks at. */
const answerSchema = z.object({
  status: z.string(),
  request_id: z.string(),
  data: z.optional(z.object({ order: z.optional(z.object({ updated_at: z.string(), notes: z.string() })) })),
  errors: z.optional(z.array(z.object({ code: z.string() }))),
});
interface Answer {
  http: number;
  /** Undefined when somebody else has answered than the API, such as the gateway. */
  envelope: z.infer<typeof answerSchema> | undefined;
}

/** What came back that should not have, for the cause: names that the API gives, and nothing of what else is in an answer. */
const inWords = ({ http, envelope }: Answer): string => {
  if (envelope === undefined) return `${http} without a status`;
  return envelope.status === 'action-successful'
    ? `${http} without an order`
    : `${http} ${plainName(envelope.status)}`;
};

const orderOf = (step: Step, answer: Answer): CheckedOrder => {
  const { status, request_id = '', data } = answer.envelope ?? {};
  if (status === 'action-successful' && data?.order !== undefined) return { ...data.order, request_id };
  throw new CheckFailed(step, inWords(answer), { request_id: answer.envelope?.request_id });
};

/**
 * The API, as a client calls it over the network. Each request is sent once: what another try would mend, clients meet as well.
 *
 * @param url where it is, without a slash at the end
 * @param signal for how long its answers are waited for
 */
export const ordersApi = (
  url: string,
  { token, order_id, appt_id }: SetUp,
  signal: AbortSignal,
): OrdersApi => {
  const ask = async (step: Step, path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers };
    try {
      const response = await fetch(`${url}${BASE_PATH}/${path}`, { ...init, headers, signal });
      const envelope = answerSchema.safeParse(parsedJson(await response.text())).data;
      return { http: response.status, envelope };
    } catch {
      throw new CheckFailed(step, 'no answer');
    }
  };
  return {
    show: async (step) => orderOf(step, await ask(step, `orders/show?order_id=${order_id}`)),
    update: async (updated_at, notes) => {
      const answer = await ask('orders/update', 'orders/update', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        body: JSON.stringify({ order_id, updated_at, notes, appointment: { appt_id } }),
      });
      const isStale = answer.envelope?.errors?.some(({ code }) => code === 'stale');
      return isStale ? undefined : orderOf('orders/update', answer);
    },
  };
};
