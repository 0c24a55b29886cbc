import { beforeEach, expect, it } from 'vitest';
import {
  createApplication,
  finishRotation,
  listApplications,
  revokeApplication,
  startRotation,
} from '../../functions/accounts/applications.ts';
import { findCredential } from '../../functions/accounts/tokens.ts';
import { audited } from '../../functions/audit/audit.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
beforeEach(() => db.clear());
/** An application as release 0.2 has written it. */
const of02 = {
  pk: 'APPLICATION',
  name: 'Of 0.2',
  scopes: ['orders:read'],
  created_at: '2026-10-01T00:00:00.000Z',
  tokens: [{ pk: 'TOKEN#1', created_at: '2026-10-01T00:00:00.000Z' }],
};
const now = new Date('2026-11-05T15:00:00.000Z');
/** What is done stands in the audit trail in the same transaction. */
const recorded = async (id: number) =>
  audited({
    at: now.toISOString(),
    by: { kind: 'operator', id: 'olga' },
    action: 'applications',
    about: { kind: 'application', id },
    release: '1',
  });
const isValid = async (token: string) => (await findCredential(db.open(), token)) !== undefined;

it('An application is given a token, which is stored nowhere, and is listed without it', async () => {
  const { application, token } = await createApplication(
    db.open(),
    { name: 'Dispatch', scopes: ['orders:write'] },
    now,
    recorded,
  );
  expect(await findCredential(db.open(), token)).toMatchObject({
    kind: 'application',
    application_id: application.application_id,
    name: 'Dispatch',
    scopes: ['orders:write'],
  });
  expect(await listApplications(db.open())).toContainEqual(application);
  expect(JSON.stringify(await db.rows(''))).not.toContain(token);
});

it('No two applications have one name, however it is written, until the first is revoked', async () => {
  const make = (name: string) =>
    createApplication(db.open(), { name, scopes: ['orders:read'] }, now, recorded);
  const { application } = await make('Night Shift');
  const { application_id } = application;
  for (const name of ['Night Shift', ' night  shift', 'ＮＩＧＨＴ shift']) {
    await expect(make(name)).rejects.toThrow(`Application ${application_id} has that name`);
  }
  await revokeApplication(db.open(), application_id, recorded);
  expect((await make('Night Shift')).application.application_id).not.toBe(application_id);
});

it('An application that is made several times at once, by one name, is made once', async () => {
  const make = () =>
    createApplication(db.open(), { name: 'At Once', scopes: ['orders:read'] }, now, recorded);
  const made = await Promise.allSettled([make(), make(), make()]);
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const named = (await listApplications(db.open())).filter(({ name }) => name === 'At Once');
  expect(named).toHaveLength(1);
  for (const each of made.filter((one) => one.status === 'rejected')) {
    expect(String(each.reason)).toContain(`Application ${named[0]?.application_id} has that name already`);
  }
});

it('An application of release 0.2 has its name for itself as well', async () => {
  await db.put({ ...of02, application_id: 47, sk: 'APPLICATION#47' });
  const again = createApplication(db.open(), { name: 'of 0.2', scopes: ['orders:read'] }, now, recorded);
  await expect(again).rejects.toThrow('Application 47 has that name already');
});

it('An application keeps what only another release knows through a rotation', async () => {
  const old = { pk: 'TOKEN#old', created_at: now.toISOString(), label: 'the first' };
  const row = {
    ...of02,
    application_id: 48,
    sk: 'APPLICATION#48',
    scopes: ['orders:read', 'invoices'],
    tokens: [old],
    owner: { user_id: 7 },
  };
  await db.put(row);
  const { token } = await startRotation(db.open(), 48, { now }, recorded);
  expect(await db.row(row)).toEqual({ ...row, tokens: [old, expect.anything()] });
  expect(await findCredential(db.open(), token)).toMatchObject({ scopes: row.scopes });
  await finishRotation(db.open(), 48, recorded);
  expect(await db.row(row)).toEqual({ ...row, tokens: [expect.not.objectContaining({ pk: old.pk })] });
});

it('Applications are listed without one that cannot be read', async () => {
  await db.put({ ...of02, application_id: 49, sk: 'APPLICATION#49', tokens: 'two' });
  const table = db.open();
  const listed = await listApplications(table);
  expect(listed.map(({ application_id }) => application_id)).not.toContain(49);
  expect(table.unreadable.map(({ key }) => key.sk)).toEqual(['APPLICATION#49']);
});

it('An application has two valid tokens during a rotation, and the new one alone after it', async () => {
  const first = await createApplication(
    db.open(),
    { name: 'Turning', scopes: ['orders:read'] },
    now,
    recorded,
  );
  const { application_id } = first.application;
  const second = await startRotation(db.open(), application_id, { now }, recorded);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([true, true]);
  await expect(startRotation(db.open(), application_id, { now }, recorded)).rejects.toThrow(
    `under way already; finish it first: applications rotate ${application_id} --finish`,
  );
  await finishRotation(db.open(), application_id, recorded);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([false, true]);
  await expect(finishRotation(db.open(), application_id, recorded)).rejects.toThrow(
    'No rotation is under way',
  );
});

it('An application is revoked with all its tokens, and cannot be revoked again', async () => {
  const first = await createApplication(
    db.open(),
    { name: 'Leaving', scopes: ['orders:read'] },
    now,
    recorded,
  );
  const { application_id } = first.application;
  const second = await startRotation(db.open(), application_id, { now }, recorded);
  await revokeApplication(db.open(), application_id, recorded);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([false, false]);
  await expect(revokeApplication(db.open(), application_id, recorded)).rejects.toThrow(
    `no application ${application_id}`,
  );
});
