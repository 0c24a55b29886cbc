import { beforeEach, expect, it } from 'vitest';
import { findWaitingEmails } from '../../functions/outbox/email-listing.ts';
import { waitingEmail } from '../support/behind.ts';
import { NOW } from '../support/sessions.ts';
import type { Fault } from '../support/wire.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());

/** The ids on all pages of so many, page by page. */
const pagesOf = async (limit: number): Promise<number[][]> => {
  const pages: number[][] = [];
  let after: string | undefined;
  do {
    const { items, next } = await findWaitingEmails(db.open(), undefined, { after, limit });
    pages.push(items.map(({ email_id }) => email_id));
    after = next;
  } while (after !== undefined);
  return pages;
};

/** An index has rows of one sort key in any order; DynamoDB Local always gives the same. */
const inAnotherOrder: Fault = async ({ input }, forward) => {
  const { Limit: _, ...all } = input;
  const reply = await forward(all);
  reply.output.Items.reverse();
  return reply;
};

it('The list of e-mails has each of those due at one time once, in whatever order the index has them', async () => {
  const emails = await Promise.all(
    Array.from({ length: 7 }, () => waitingEmail(db.open(), 'parked', { at: NOW })),
  );
  db.wire.fail('Query', inAnotherOrder, Number.POSITIVE_INFINITY);
  const pages = await pagesOf(2);
  expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 1]);
  expect(pages.flat().toSorted()).toEqual(emails.map(({ email_id }) => email_id).toSorted());
});

it('The list of e-mails leaves out one that was sent and that the index still has, and goes on', async () => {
  const at = (seconds: number) => ({ at: new Date(NOW.getTime() + seconds * 1_000) });
  const [first, sent, last] = [
    await waitingEmail(db.open(), 'unsent', at(1)),
    await waitingEmail(db.open(), 'unsent', at(2)),
    await waitingEmail(db.open(), 'unsent', at(3)),
  ];
  const [row] = await db.rows(`EMAIL#${sent.email_id}`);
  await db.put({ ...row, state: 'sent' } as Record<string, unknown>);
  expect(await pagesOf(1)).toEqual([[first.email_id], [], [last.email_id]]);
});

it('The list of e-mails loads none of the texts', async () => {
  await waitingEmail(db.open(), 'parked');
  const { items } = await findWaitingEmails(db.open(), undefined, { after: undefined, limit: 10 });
  expect(items).toHaveLength(1);
  const asked = db.wire.requests.find(({ operation }) => operation === 'BatchGetItem')?.input;
  const names = Object.values(asked.RequestItems[db.name].ExpressionAttributeNames);
  expect(names).toContain('subject');
  expect(names).not.toContain('text');
  expect(names).not.toContain('html');
});

it('The list of e-mails leaves out one that cannot be read and what is no e-mail, and shows the others', async () => {
  const [bad, good] = [await waitingEmail(db.open(), 'parked'), await waitingEmail(db.open(), 'parked')];
  const [row] = await db.rows(`EMAIL#${bad.email_id}`);
  await db.put({ ...row, created_at: 7 }, { pk: 'ODD', sk: 'ODD', unsent: 'PARKED', due_at: '2026' });
  const table = db.open();
  const { items } = await findWaitingEmails(table, undefined, { after: undefined, limit: 10 });
  expect(items.map(({ email_id }) => email_id)).toEqual([good.email_id]);
  expect(table.unreadable.map(({ key }) => key.pk).toSorted()).toEqual(
    [`EMAIL#${bad.email_id}`, 'ODD'].toSorted(),
  );
});

it('The list of e-mails shows one in a state that only another release knows among all, but of no state', async () => {
  const { email_id } = await waitingEmail(db.open(), 'unsent');
  const [row] = await db.rows(`EMAIL#${email_id}`);
  await db.put({ ...row, state: 'scheduled', kind: 'of-tomorrow', priority: 1 });
  const find = (state?: 'unsent') =>
    findWaitingEmails(db.open(), state, { after: undefined, limit: 10 }).then(({ items }) => items);
  expect(await find()).toMatchObject([{ email_id, state: 'scheduled', kind: 'of-tomorrow' }]);
  expect(await find('unsent')).toEqual([]);
});

it('The list of e-mails has nothing when nothing waits', async () => {
  expect(await findWaitingEmails(db.open(), 'parked', { after: undefined, limit: 1 })).toEqual({
    items: [],
    next: undefined,
  });
});
