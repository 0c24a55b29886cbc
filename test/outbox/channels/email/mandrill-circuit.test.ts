import { beforeEach, describe, expect, it } from 'vitest';
import {
  closeCircuit,
  findCircuit,
  learn,
  mayAsk,
} from '../../../../functions/outbox/channels/email/mandrill-circuit.ts';
import type { Delivery, DeliveryFailure } from '../../../../functions/outbox/delivery.ts';
import { NOW } from '../../../support/sessions.ts';
import { WiredTable } from '../../../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

const at = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const TIMEOUT: DeliveryFailure = { kind: 'timeout', cause: 'no answer in time', permanent: false };
const SENT: Delivery = { sent: true, mandrill_id: 'mandrill-1' };
const ASK_EVERY_MS = 10_000;

const find = () => findCircuit(db.open());
/** An e-mail to a client comes to an end, in a request of its own. */
const ends = async (client_id: number, delivery: Delivery, now = NOW): Promise<void> => {
  const table = db.open();
  await learn(table, await findCircuit(table), delivery, { client_id }, now);
};
const fails = (client_id: number, failure = TIMEOUT, now = NOW) =>
  ends(client_id, { sent: false, failure }, now);
const failsFor = async (...client_ids: number[]) => {
  for (const client_id of client_ids) await fails(client_id);
};
/** Whether an e-mail of a request of its own may ask. */
const asks = async (now: Date): Promise<boolean> => {
  const table = db.open();
  const circuit = await findCircuit(table);
  return circuit === undefined || mayAsk(table, circuit, now);
};

describe('Mandrill is away', () => {
  it('Mandrill is away when e-mails to five clients have failed in a row, of one cause', async () => {
    await failsFor(1, 2, 3, 4);
    expect(await find()).toMatchObject({ ask_at: undefined });
    expect(await asks(NOW)).toBe(true);
    await fails(5);
    expect(await find()).toEqual({
      failure: { kind: 'timeout', cause: 'no answer in time' },
      ask_at: at(ASK_EVERY_MS).toISOString(),
    });
    expect(await asks(NOW)).toBe(false);
  });

  it('Mandrill is away when e-mails to many clients fail at the same time, too', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, client_id) => fails(client_id + 1)));
    expect(await asks(NOW)).toBe(false);
  });

  it('Mandrill is not away when the e-mails that fail all go to one client, whose own reason it may be', async () => {
    await failsFor(...Array(12).fill(7));
    expect(await asks(NOW)).toBe(true);
  });

  it('Mandrill is not away when each e-mail fails of a cause of its own', async () => {
    for (const [index, kind] of (['timeout', 'invalid-key', 'payment-required'] as const).entries()) {
      for (const client_id of [1, 2, 3, 4]) await fails(10 * index + client_id, { ...TIMEOUT, kind });
    }
    expect(await asks(NOW)).toBe(true);
  });

  it.each<[string, Delivery]>([
    ['was sent', SENT],
    ['was refused for good', { sent: false, failure: { ...TIMEOUT, kind: 'rejected', permanent: true } }],
  ])('Mandrill is not away when an e-mail in between %s', async (_, delivery) => {
    await failsFor(1, 2, 3, 4);
    await ends(8, delivery);
    await failsFor(5, 6, 7, 9);
    expect(await asks(NOW)).toBe(true);
  });

  it('Mandrill is not away for what fails on our side, which ends nothing either', async () => {
    await failsFor(1, 2, 3, 4);
    await fails(8, { kind: 'our-side', cause: 'not handed to Mandrill', permanent: false });
    expect(await asks(NOW)).toBe(true);
    await fails(5);
    expect(await asks(NOW)).toBe(false);
  });
});

describe('while Mandrill is away', () => {
  beforeEach(() => failsFor(1, 2, 3, 4, 5));

  it('One e-mail asks each ten seconds whether Mandrill is back, of however many at once', async () => {
    expect(await asks(at(ASK_EVERY_MS - 1))).toBe(false);
    const all = await Promise.all(Array.from({ length: 20 }, () => asks(at(ASK_EVERY_MS))));
    expect(all.filter((may) => may)).toHaveLength(1);
    expect(await asks(at(2 * ASK_EVERY_MS - 1))).toBe(false);
    expect(await asks(at(2 * ASK_EVERY_MS))).toBe(true);
  });

  it('Mandrill stays away when the e-mail that asks fails, be it of another cause', async () => {
    await fails(6, TIMEOUT, at(ASK_EVERY_MS));
    await fails(7, { ...TIMEOUT, kind: 'payment-required', cause: 'PaymentRequired' }, at(ASK_EVERY_MS));
    expect(await find()).toMatchObject({ failure: { kind: 'payment-required' }, ask_at: expect.any(String) });
    expect(await asks(at(ASK_EVERY_MS - 1))).toBe(false);
  });

  it('Mandrill is back when an e-mail was sent, or an operator says so', async () => {
    await ends(6, SENT);
    expect(await find()).toBeUndefined();
    expect(await asks(NOW)).toBe(true);
    await failsFor(1, 2, 3, 4, 5);
    await closeCircuit(db.open());
    expect(await asks(NOW)).toBe(true);
  });
});

it('Nothing is written of Mandrill while all is well', async () => {
  const table = db.open();
  await learn(table, undefined, SENT, { client_id: 1 }, NOW);
  expect(db.wire.operations).toEqual([]);
});

it('A circuit that cannot be read is none, and is told', async () => {
  await db.put({ pk: 'CIRCUIT', sk: 'MANDRILL', kind: 7 });
  const table = db.open();
  expect(await findCircuit(table)).toBeUndefined();
  expect(table.unreadable).toMatchObject([
    { key: { pk: 'CIRCUIT', sk: 'MANDRILL' }, issues: [{ path: ['kind'] }] },
  ]);
});
