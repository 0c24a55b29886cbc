import { expect, it } from 'vitest';
import {
  createApplication,
  finishRotation,
  listApplications,
  revokeApplication,
  startRotation,
} from '../../functions/adapters/applications.ts';
import { findCredential } from '../../functions/adapters/tokens.ts';
import { WiredTable } from '../support/wired-table.ts';

const db = new WiredTable();
const now = new Date('2026-11-05T15:00:00.000Z');
const isValid = async (token: string) => (await findCredential(db.open(), token)) !== undefined;

it('gives an application a token, which is stored nowhere, and lists it without', async () => {
  const { application, token } = await createApplication(
    db.open(),
    { name: 'Dispatch', scopes: ['orders:write'] },
    now,
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

it('has two tokens valid during a rotation, and the new one alone after it', async () => {
  const first = await createApplication(db.open(), { name: 'Turning', scopes: ['orders:read'] }, now);
  const { application_id } = first.application;
  const second = await startRotation(db.open(), application_id, now);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([true, true]);
  await expect(startRotation(db.open(), application_id, now)).rejects.toThrow('under way already');
  await finishRotation(db.open(), application_id);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([false, true]);
  await expect(finishRotation(db.open(), application_id)).rejects.toThrow('No rotation is under way');
});

it('revokes an application with all its tokens', async () => {
  const first = await createApplication(db.open(), { name: 'Leaving', scopes: ['orders:read'] }, now);
  const { application_id } = first.application;
  const second = await startRotation(db.open(), application_id, now);
  await revokeApplication(db.open(), application_id);
  expect([await isValid(first.token), await isValid(second.token)]).toEqual([false, false]);
  await expect(revokeApplication(db.open(), application_id)).rejects.toThrow(
    `no application ${application_id}`,
  );
});
