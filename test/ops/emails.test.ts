import { beforeEach, describe, expect, it } from 'vitest';
import { markFailed, markSent, savedEmail } from '../../functions/adapters/outbox.ts';
import type { Email } from '../../functions/domain/email.ts';
import { stageNamed } from '../../infra/stages.ts';
import { emailCommands } from '../../ops/emails.ts';
import { anEmail } from '../support/emails.ts';
import { runOps } from '../support/ops.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

const ops = (...words: string[]) =>
  runOps(emailCommands, { documents: db.client, tableName: db.name }, 'emails', ...words);
const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);

/** Saves an e-mail so many minutes ago; by now it has failed, for good or not, unless it is being sent. */
const saved = async (state: 'sending' | 'unsent' | 'parked', minutes: number, given: Partial<Email> = {}) => {
  const email = anEmail({ created_at: ago(minutes).toISOString(), ...given });
  await db.open().transact([savedEmail(email, ago(minutes))]);
  const failure = { kind: 'rejected', cause: 'spam', permanent: state === 'parked' } as const;
  if (state !== 'sending') await markFailed(db.open(), email, failure, ago(minutes));
  return String(email.email_id);
};
const stored = async (id: string) => (await db.rows(`EMAIL#${id}`))[0];

describe('emails list', () => {
  it('has those that are not done with, the longest due or parked first', async () => {
    const parked = await saved('parked', 10);
    const unsent = await saved('unsent', 7, { order_id: 77 });
    const sending = await saved('sending', 0);
    const sent = anEmail();
    await db.open().transact([savedEmail(sent, ago(1))]);
    await markSent(db.open(), sent, 'mandrill-1', ago(1));
    const lines = (await ops('list')).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['EMAIL', parked, unsent, sending]);
    expect(lines[2]).toMatch(/ unsent +appointment-cancelled +77 .* 1 +\S+Z +rejected: spam$/);
  });

  it('has those of one state, of more than a batch of rows', async () => {
    await saved('parked', 1);
    const ids = await Promise.all(Array.from({ length: 120 }, (_, number) => saved('unsent', number)));
    const printed = await ops('list', '--state', 'unsent');
    const listed = printed.split('\n').map((line) => line.split(' ')[0]);
    expect(listed.slice(1, -1)).toEqual(ids.toReversed());
    await expect(ops('list', '--state', 'sent')).rejects.toThrow('sent');
  });
});

it('emails show has all of one, its text included', async () => {
  const id = await saved('parked', 10, { text: 'Hello,\n\nnews.\n' });
  const printed = await ops('show', id);
  expect(printed).toMatch(/^state +parked$/m);
  expect(printed).toMatch(/^last failure +rejected: spam \(20\S+Z\)$/m);
  expect(printed).toContain('\nHello,\n\nnews.\n');
  expect(printed).not.toContain('mandrill_id');
});

describe.each([
  ['resend', 'unsent'],
  ['discard', 'discarded'],
])('emails %s', (verb, state) => {
  it.each(['unsent', 'parked'] as const)('changes one that is %s', async (before) => {
    const id = await saved(before, 10);
    expect(await ops(verb, id)).toContain(`E-mail ${id}`);
    expect(await stored(id)).toMatchObject({ state });
  });

  it('refuses one that is being sent, and says so', async () => {
    const id = await saved('sending', 0);
    await expect(ops(verb, id)).rejects.toThrow(`E-mail ${id} cannot be changed: it is sending.`);
    expect(await stored(id)).toMatchObject({ state: 'sending' });
  });
});

it.each(['show', 'resend', 'discard'])('emails %s refuses what is not there', async (verb) => {
  await expect(ops(verb, '7')).rejects.toThrow('There is no e-mail 7.');
  await expect(ops(verb, 'seven')).rejects.toThrow('It is a number');
});

describe('emails retry-now', () => {
  const retryNow = (target: object) =>
    runOps(emailCommands, { documents: db.client, tableName: db.name, ...target }, 'emails', 'retry-now');

  it('of a stage on AWS is a command to be typed', async () => {
    expect(await retryNow({ stage: stageNamed('staging') })).toBe(
      'aws lambda invoke --function-name plano-orders-staging-emails-find-due:live /dev/stdout\n',
    );
    expect(await retryNow({ stage: { ...stageNamed('dev'), region: 'eu-west-1' } })).toContain(
      ' --region eu-west-1 ',
    );
  });

  it('says when the stack on this machine has stopped', async () => {
    await expect(retryNow({ running: { control: 'http://127.0.0.1:1' } })).rejects.toThrow('does not answer');
  });
});
