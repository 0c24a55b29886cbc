import { type Client, createClient, hasCode } from '../../client/src/index.ts';

/** Who goes round: a client of the API by its token, at the stack's URL. */
export interface Visitor {
  url: string;
  token: string;
}

const later = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60 * 1_000).toISOString();

/** Orders something, and tells the steps. */
const order = async (client: Client, say: (step: string) => void): Promise<number> => {
  const { data, warning } = await client.orders.create({
    line_items: [{ name: 'Gutter cleaning', quantity: 4 }],
    appointment: { scheduled_for: later(7), duration_minutes: 90 },
  });
  const { order_id, status } = data.order;
  say(`Ordered: ${order_id} is ${status}${warning === undefined ? '' : `; ${warning.message}`}`);
  return order_id;
};

/** Two change one order at once: what was stale is applied again, and both changes are there. */
const changeAtOnce = async (client: Client, order_id: number): Promise<string> => {
  const add = (line: string) =>
    client.orders.change(order_id, ({ notes, appointments: [first] }) => ({
      notes: `${notes}${line}\n`,
      appointment: { appt_id: first?.appt_id ?? 0 },
    }));
  await Promise.all([add('Ring twice.'), add('The dog is friendly.')]);
  return (await client.orders.show({ order_id })).data.order.notes;
};

/**
 * Orders, changes the order twice at once, moves its appointment, and reads what became of it.
 *
 * @param say hears of each step
 * @throws PlanoError, NoAnswerError
 */
export const tour = async ({ url, token }: Visitor, say: (step: string) => void): Promise<void> => {
  const client = createClient({ baseUrl: url, token });
  const order_id = await order(client, say);
  say(`Two changes at once: ${JSON.stringify(await changeAtOnce(client, order_id))}`);

  const { updated_at, appointments } = (await client.orders.show({ order_id })).data.order;
  const move = { order_id, appt_id: appointments[0]?.appt_id ?? 0, scheduled_for: later(8) };
  const moved = await client.appointments.reschedule({ ...move, updated_at });
  say(`Moved: the visit is on ${moved.data.order.appointments[0]?.scheduled_for}`);
  const again = client.appointments.reschedule({ ...move, updated_at, scheduled_for: later(9) });
  const refused = await again.then(
    () => false,
    (error: unknown) => hasCode(error, 'stale'),
  );
  say(`Moved again from the state of before: ${refused ? 'refused as stale' : 'done'}`);

  for await (const { at, by, changes } of client.orders.historyAll({ order_id }))
    say(`  ${at} ${by.name}: ${changes.map(({ field }) => field).join(', ')}`);
};
