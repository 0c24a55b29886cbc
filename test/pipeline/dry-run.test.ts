import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { rowOfClient } from '../../functions/clients/clients.ts';
import { DryRun, isDryRun } from '../../functions/pipeline/dry-run.ts';
import type { Write } from '../../functions/table/write.ts';
import { echoRoute } from '../support/echo-route.ts';
import { anEmail } from '../support/emails.ts';
import { aRequest } from '../support/exchange.ts';
import { FakeTable } from '../support/fake-table.ts';

const route = {
  ...echoRoute,
  preview: z.object({ number: z.int(), email: z.nullable(z.looseObject({ kind: z.string() })) }),
};
const outcome = { data: { number: 7 }, preview: () => ({ number: 8 }) };

let fake: FakeTable;
beforeEach(() => {
  fake = new FakeTable();
});
const aDryRun = () =>
  new DryRun<{ number: number }>(aRequest({}, { route, table: fake.open() }).context.exchange);

/** A write that makes a row of a name which its caller has chosen. */
const claim = (sk: string): Write => ({
  put: { Item: { pk: 'REFERENCE#7', sk } },
  isClaim: true,
  refused: (current) => new Error(`${current?.sk} is taken`),
});
const key = (sk: string) => ({ pk: 'REFERENCE#7', sk });
const change: Write = {
  update: { Key: { pk: 'ORDER#7', sk: 'ORDER' }, UpdateExpression: 'SET notes = :notes' },
  refused: () => new Error('stale'),
};

/** The row of the client to whom an e-mail goes. */
const rowOf = ({ client_id = 0 }: ReturnType<typeof anEmail>, email_verified: boolean) =>
  rowOfClient({ client_id, user_id: 1, name: 'Ada', email: 'ada@example.com', email_verified });

describe('the work of a dry run', () => {
  it('The work of a dry run answers what would be, and asks nothing of the table', async () => {
    const answer = await aDryRun().add(change).commit(outcome);
    expect(answer).toEqual({
      status: 'action-successful',
      message: 'Nothing was done: it was a dry run.',
      data_json: '{"number":8,"email":null}',
    });
    expect(fake.asked).toEqual([]);
  });

  it('The work of a dry run tells the first e-mail that would be sent, without its address', async () => {
    const email = anEmail();
    fake.holds(rowOf(email, true));
    const { data_json = '' } = await aDryRun().send(email, anEmail()).commit(outcome);
    const { kind, subject, text } = email;
    expect(JSON.parse(data_json)).toEqual({ number: 8, email: { kind, subject, text } });
  });

  it('The work of a dry run tells no e-mail to a client whose address nobody has verified, since none would be sent', async () => {
    const email = anEmail();
    fake.holds(rowOf(email, false));
    const { data_json = '' } = await aDryRun().send(email).commit(outcome);
    expect(JSON.parse(data_json)).toEqual({ number: 8, email: null });
  });

  it('The work of a dry run reads the rows of what is claimed, and no others', async () => {
    fake.lacks(key('A'), key('B'));
    await aDryRun().add(claim('A'), change, claim('B')).commit(outcome);
    expect(fake.operations).toEqual(['BatchGet']);
  });

  it('The work of a dry run is refused as the first claim that another row has', async () => {
    fake.lacks(key('A')).holds(key('B'), key('C'));
    const work = aDryRun().add(claim('A'), claim('B'), claim('C'));
    await expect(work.commit(outcome)).rejects.toThrow('B is taken');
  });
});

describe('a request for a dry run', () => {
  it.each([
    [{ dry_run: true }, true],
    [{ dry_run: 'yes' }, true],
    [{ dry_run: null }, true],
    [{ dry_run: false }, false],
    [{}, false],
    [undefined, false],
  ])('A request with %j is a dry run on a route with previews: %s', (raw, expected) => {
    expect(isDryRun({ route, raw })).toBe(expected);
  });

  it('A request is no dry run on a route without previews, or on none', () => {
    expect(isDryRun({ route: echoRoute, raw: { dry_run: true } })).toBe(false);
    expect(isDryRun({ route: undefined, raw: { dry_run: true } })).toBe(false);
  });
});
