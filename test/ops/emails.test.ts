import { beforeEach, describe, expect, it } from 'vitest';
import type { Email } from '../../functions/outbox/email.ts';
import { markFailed, markSent, savedEmail } from '../../functions/outbox/outbox.ts';
import { emailKey } from '../../functions/outbox/outbox-row.ts';
import { serveLoopback } from '../../infra/local/loopback.ts';
import { stageNamed } from '../../infra/stages.ts';
import { emailCommands } from '../../ops/emails.ts';
import { OpsError, type Target } from '../../ops/target.ts';
import { anEmail } from '../support/emails.ts';
import { runOps, runProgram, tryOps, typed } from '../support/ops.ts';
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
  it('The command emails list has those that are not done with, the longest due or parked first', async () => {
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

  it('The command emails list has those of one state, of more than a batch of rows', async () => {
    await saved('parked', 1);
    const ids = await Promise.all(Array.from({ length: 120 }, (_, number) => saved('unsent', number)));
    const printed = await ops('list', '--state', 'unsent');
    const listed = printed.split('\n').map((line) => line.split(' ')[0]);
    expect(listed.slice(1, -1)).toEqual(ids.toReversed());
    await expect(ops('list', '--state', 'sent')).rejects.toThrow('sent');
  });

  it('The command emails list has as many as are wanted, and says that there are more', async () => {
    const ids = await Promise.all([3, 2, 1].map((minutes) => saved('unsent', minutes)));
    const lines = (await ops('list', '--limit', '2')).trimEnd().split('\n');
    expect(lines.slice(1, 3).map((line) => line.split(' ')[0])).toEqual(ids.slice(0, 2));
    expect(lines[3]).toBe('These are the first 2; there are more, which --limit <number> lists.');
    expect(await ops('list', '--limit', '3')).not.toContain('--limit');
    await expect(ops('list', '--limit', '0')).rejects.toThrow('number from 1');
  });

  it('The command emails list has one in a state of another release, and names one that cannot be read', async () => {
    const [odd, bad, good] = [await saved('unsent', 3), await saved('parked', 2), await saved('parked', 1)];
    await db.put({ ...(await stored(odd)), state: 'scheduled' }, { ...(await stored(bad)), subject: 7 });
    const target = { documents: db.client, tableName: db.name, stage: stageNamed('staging') };
    const printed = await runOps(emailCommands, target, 'emails', 'list');
    const lines = printed.trimEnd().split('\n');
    expect(lines.slice(1, -1).map((line) => line.split(' ')[0])).toEqual([odd, good]);
    expect(lines.at(-1)).toBe(
      `Left out, since it cannot be read: 'EMAIL#${bad}' 'EMAIL'; see: npm run ops -- rows show 'EMAIL#${bad}' 'EMAIL' --stage staging`,
    );
  });
});

it('The command emails show has all of one e-mail, its text included', async () => {
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
  it.each(['unsent', 'parked'] as const)(
    'An e-mail that is %s is resent or discarded by a command',
    async (before) => {
      const id = await saved(before, 10);
      expect(await ops(verb, id)).toContain(`E-mail ${id}`);
      expect(await stored(id)).toMatchObject({ state });
    },
  );

  it('An e-mail that is being sent is neither resent nor discarded, and the command says so', async () => {
    const id = await saved('sending', 0);
    await expect(ops(verb, id)).rejects.toThrow(`E-mail ${id} cannot be changed: it is sending.`);
    expect(await stored(id)).toMatchObject({ state: 'sending' });
  });
});

it.each(['show', 'resend', 'discard'])('The command emails %s refuses what is not there', async (verb) => {
  await expect(ops(verb, '7')).rejects.toThrow('There is no e-mail 7.');
  await expect(ops(verb, 'seven')).rejects.toThrow('It is a number');
});

it('The command emails discard gives up an e-mail whose row cannot be read', async () => {
  const id = await saved('parked', 10);
  await db.put({ ...(await stored(id)), subject: 7 });
  expect(await ops('discard', id)).toContain(`E-mail ${id} will not be sent.`);
  expect(await stored(id)).toMatchObject({ state: 'discarded' });
});

describe('many e-mails at once', () => {
  /** Runs a command at a terminal where that is typed. */
  const atTerminal = (answer: string, ...words: string[]) => {
    const target = { documents: db.client, tableName: db.name };
    return tryOps((get) => emailCommands(get, typed(answer)), target, 'emails', ...words);
  };
  const failedWith = async (id: string, kind: string, cause: string) => {
    await db.put({ ...(await stored(id)), last_failure: { kind, cause, at: ago(9).toISOString() } });
    return id;
  };
  const states = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await stored(id))?.state));

  it('E-mails of one cause, or kind of cause, are sent again at once; all others stay as they are', async () => {
    const parked = await failedWith(await saved('parked', 60), 'timeout', 'no answer in time');
    const waiting = await failedWith(await saved('unsent', 1), 'timeout', 'no answer in time');
    await db.put({ ...(await stored(waiting)), due_at: ago(-30).toISOString() });
    const others = [
      await failedWith(await saved('parked', 60), 'payment-required', 'PaymentRequired'),
      await failedWith(await saved('sending', 0), 'timeout', 'no answer in time'),
    ];
    const before = await Promise.all(others.map(stored));
    expect(await ops('resend', '--cause', 'timeout: no answer in time')).toBe(
      '2 e-mails have failed with “timeout: no answer in time”, and can be sent again.\n' +
        '2 e-mails are sent again.\n',
    );
    for (const id of [parked, waiting]) {
      expect(await stored(id)).toMatchObject({ state: 'unsent', tries: 0, tried_since: expect.any(String) });
    }
    expect(await Promise.all(others.map(stored))).toEqual(before);
    expect(await ops('discard', '--cause', 'payment-required')).toContain('1 e-mails are discarded.');
    expect(await states(others)).toEqual(['discarded', 'sending']);
  });

  it('E-mails of one cause are discarded of one state only, if that is wanted', async () => {
    const ids = [await saved('parked', 60), await saved('unsent', 60)];
    await ops('discard', '--cause', 'rejected: spam', '--state', 'unsent');
    expect(await states(ids)).toEqual(['parked', 'discarded']);
  });

  it('A command for e-mails of one cause goes on where it was interrupted, and tells how far it is', async () => {
    const row = await stored(await saved('parked', 60));
    const more = 610;
    for (let id = 1; id <= more; id += 1) await db.put({ ...row, ...emailKey(id), email_id: id });
    const unsent = async () => (await db.rows('EMAIL#')).filter(({ state }) => state === 'unsent').length;
    db.wire.fail('TransactWriteItems', async ({ input }, forward) => forward(input), 60);
    db.wire.fail('TransactWriteItems', async () => 'reset', Number.POSITIVE_INFINITY);
    await expect(ops('resend', '--cause', 'rejected')).rejects.toThrow();
    db.wire.reset();
    const done = await unsent();
    expect(done).toBeGreaterThan(0);
    const rest = more + 1 - done;
    const printed = await ops('resend', '--cause', 'rejected');
    expect(printed).toMatch(new RegExp(`^${rest} e-mails have failed`));
    expect(printed).toContain(`500 of ${rest} …\n`);
    expect(printed).toContain(`\n${rest} e-mails are sent again.\n`);
    expect(await unsent()).toBe(more + 1);
    expect(await ops('resend', '--cause', 'rejected')).toMatch(/^0 e-mails/);
  });

  it('E-mails of one cause that somebody else was faster with are counted apart', async () => {
    const [taken, left] = [await saved('parked', 60), await saved('parked', 60)];
    // It is decided about at the same time, after it was listed.
    db.wire.fail('TransactWriteItems', async ({ input }, forward) => {
      await db.put({ ...(await stored(taken)), state: 'sent' });
      return forward(input);
    });
    const printed = await ops('resend', '--cause', 'rejected');
    expect(printed).toContain('1 e-mails are sent again.\n1 were sent or taken meanwhile');
    expect(await states([taken, left])).toEqual(['sent', 'unsent']);
  });

  it('E-mails of one cause are changed at a terminal once somebody has said yes', async () => {
    const id = await saved('parked', 60);
    for (const answer of ['n\n', '\n', '']) {
      const { printed, failure } = await atTerminal(answer, 'discard', '--cause', 'rejected');
      expect(printed).toContain('Shall all 1 be discarded? (yes or no) ');
      expect(failure).toEqual(new OpsError('Nothing was changed.'));
    }
    expect(await states([id])).toEqual(['parked']);
    const { failure } = await atTerminal('yes\n', 'discard', '--cause', 'rejected');
    expect(failure).toBeUndefined();
    expect(await states([id])).toEqual(['discarded']);
  });

  it('E-mails of one cause are changed without a question when yes was said with the command', async () => {
    const id = await saved('parked', 60);
    const target = { documents: db.client, tableName: db.name } as Target;
    const { printed, failure } = await runProgram(
      () => target,
      ['--yes', 'emails', 'discard', '--cause', 'rejected'],
      typed('no\n'),
    );
    expect(failure).toBeUndefined();
    expect(printed).not.toContain('Shall all');
    expect(await states([id])).toEqual(['discarded']);
  });

  it.each([[], ['7', '--cause', 'timeout']])(
    'The command emails resend takes an id or a cause, not %j',
    async (...words) => {
      await expect(ops('resend', ...words)).rejects.toThrow('Which? Name one e-mail by its id');
    },
  );
});

describe('emails retry-now', () => {
  const retryNow = (target: object) =>
    runOps(emailCommands, { documents: db.client, tableName: db.name, ...target }, 'emails', 'retry-now');

  it('The command emails retry-now prints, for a stage on AWS, a command to be typed', async () => {
    expect(await retryNow({ stage: stageNamed('staging') })).toBe(
      'aws lambda invoke --function-name plano-orders-staging-find-due-emails:live /dev/stderr > /dev/null\n',
    );
    expect(await retryNow({ stage: { ...stageNamed('dev'), region: 'eu-west-1' } })).toContain(
      ' --region eu-west-1 ',
    );
  });

  it('The command emails retry-now names those that wait for their pause to end, and how to send one without it', async () => {
    const outcome = { ok: true, payload: { due: 0, queued: 0, waiting: 0 } };
    const stack = await serveLoopback(() => ({ status: 200, headers: {}, body: JSON.stringify([outcome]) }));
    const id = await saved('unsent', 0);
    const printed = await retryNow({ running: { control: stack.url } });
    await stack.close();
    expect(printed).toContain('0 due, 0 queued.');
    expect(printed).toContain(
      `1 wait for their pause to end, as emails list says; without it: npm run ops -- emails resend ${id}`,
    );
  });

  it('The command emails retry-now says when the stack on this machine has stopped', async () => {
    await expect(retryNow({ running: { control: 'http://127.0.0.1:1' } })).rejects.toThrow('does not answer');
  });
});
