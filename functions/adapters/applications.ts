import * as z from 'zod/mini';
import { SCOPES, type Scope } from '../contract/define-route.ts';
import { id } from '../contract/params.ts';
import { partitions } from '../contract/table-partitions.ts';
import { randomId, randomToken } from './ids.ts';
import type { Key, Row, Table, Write } from './table.ts';
import { rowOfApplication, tokenKey } from './tokens.ts';

const applicationRow = z.object({
  application_id: id,
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  created_at: z.string(),
  /** Its tokens, the newest last: one, or two during a rotation. */
  tokens: z.array(z.object({ pk: z.string(), created_at: z.string() })),
});
/** A program that calls the API. */
export type Application = z.infer<typeof applicationRow>;

/** All applications are in one partition: they are few. */
const applicationKey = (application_id: number): Key => ({
  pk: partitions.applications,
  sk: `APPLICATION#${application_id}`,
});

/** What an operation may find: no such application, or one in the wrong state for it. */
export class ApplicationError extends Error {}

const saved = (application: Application, before: Application | undefined): Write => ({
  put: {
    Item: { ...applicationKey(application.application_id), ...application },
    ...(before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'tokens = :seen', ExpressionAttributeValues: { ':seen': before.tokens } }),
  },
  refused: () => new ApplicationError('The application has changed meanwhile; try again.'),
});

const savedToken = (token: string, application: Application): Write => {
  const { application_id, name, scopes } = application;
  return {
    put: {
      Item: rowOfApplication(token, { application_id, name, scopes }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
    refused: () => new Error('two applications have one token'),
  };
};

const removedToken = ({ pk }: Application['tokens'][number]): Write => ({
  remove: { Key: { pk, sk: tokenKey('').sk } },
  refused: () => new Error('a removal without a condition was refused'),
});

/** An application and a token of it, which is stored nowhere: this is the only time that it is seen. */
export interface IssuedToken {
  application: Application;
  token: string;
}

const issue = async (table: Table, before: Application, isNew: boolean, now: Date): Promise<IssuedToken> => {
  const token = randomToken('app');
  const { pk } = tokenKey(token);
  const application = { ...before, tokens: [...before.tokens, { pk, created_at: now.toISOString() }] };
  await table.transact([saved(application, isNew ? undefined : before), savedToken(token, application)]);
  return { application, token };
};

/** The rows of an application with a token that is known already. */
export const rowsOfApplication = (token: string, application: Omit<Application, 'tokens'>): Row[] => {
  const { application_id, name, scopes, created_at } = application;
  const tokens = [{ pk: tokenKey(token).pk, created_at }];
  return [
    { ...applicationKey(application_id), ...application, tokens },
    rowOfApplication(token, { application_id, name, scopes }),
  ];
};

/** Makes an application and its token. */
export const createApplication = (
  table: Table,
  { name, scopes }: { name: string; scopes: Scope[] },
  now: Date,
): Promise<IssuedToken> =>
  issue(
    table,
    { application_id: randomId(), name, scopes, created_at: now.toISOString(), tokens: [] },
    true,
    now,
  );

/** All applications. */
export const listApplications = async (table: Table): Promise<Application[]> =>
  z.array(applicationRow).parse(await table.query(partitions.applications, 'APPLICATION#'));

const findApplication = async (table: Table, application_id: number): Promise<Application> => {
  const row = await table.getAgain(applicationKey(application_id));
  if (row === undefined) throw new ApplicationError(`There is no application ${application_id}.`);
  return applicationRow.parse(row);
};

/**
 * Starts a rotation: a second token, beside which the first stays valid.
 *
 * @throws {ApplicationError} if there is no such application, or a rotation is under way already
 */
export const startRotation = async (
  table: Table,
  application_id: number,
  now: Date,
): Promise<IssuedToken> => {
  const application = await findApplication(table, application_id);
  if (application.tokens.length > 1) {
    throw new ApplicationError('A rotation is under way already; finish it first: rotate --finish');
  }
  return issue(table, application, false, now);
};

/**
 * Finishes a rotation: only the newest token stays valid.
 *
 * @throws {ApplicationError} if there is no such application, or no rotation under way
 */
export const finishRotation = async (table: Table, application_id: number): Promise<void> => {
  const application = await findApplication(table, application_id);
  const old = application.tokens.slice(0, -1);
  if (old.length === 0) throw new ApplicationError('No rotation is under way; start one: rotate');
  const after = { ...application, tokens: application.tokens.slice(-1) };
  await table.transact([saved(after, application), ...old.map(removedToken)]);
};

/**
 * Revokes an application and all its tokens.
 *
 * @throws {ApplicationError} if there is no such application
 */
export const revokeApplication = async (table: Table, application_id: number): Promise<void> => {
  const application = await findApplication(table, application_id);
  await table.transact([
    {
      remove: {
        Key: applicationKey(application_id),
        ConditionExpression: 'tokens = :seen',
        ExpressionAttributeValues: { ':seen': application.tokens },
      },
      refused: () => new ApplicationError('The application has changed meanwhile; try again.'),
    },
    ...application.tokens.map(removedToken),
  ]);
};
