import * as z from 'zod/mini';
import type { Scope } from '../contract/define-route.ts';
import { id } from '../contract/params.ts';
import { digest } from '../table/digest.ts';
import { randomId, randomToken } from '../table/ids.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { removed, type Write } from '../table/write.ts';
import { lastUseIn, useKey } from './session-use.ts';
import { rowOfApplication, tokenKey } from './tokens.ts';

const applicationSchema = z.object({
  application_id: id,
  name: z.string(),
  /** Those of another release too. */
  scopes: z.array(z.string()),
  created_at: z.string(),
  /** Its tokens, the newest last: one, or two during a rotation. They are written as one, with what other releases keep there. */
  tokens: z.array(
    z.looseObject({ pk: z.string(), created_at: z.string(), valid_until: z.optional(z.iso.datetime()) }),
  ),
});
/** A program that calls the API. */
export type Application = z.infer<typeof applicationSchema>;

/** Applications. */
export const applicationRows = new RowKind<Application>(applicationSchema);

const APPLICATION = 'APPLICATION#';

/** All applications are in one partition: they are few. */
const applicationKey = (application_id: number): Key => ({
  pk: partitions.applications,
  sk: `${APPLICATION}${application_id}`,
});

/** Whose a name is. Release 0.2 has written none of these. */
export const applicationNameRows = new RowKind(z.object({ application_id: id }));

/** What tells names apart for people. */
const sameName = (name: string): string =>
  name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

const nameKey = (name: string): Key => ({
  pk: partitions.applications,
  sk: `NAME#${digest(sameName(name))}`,
});

/** What an operation may find: no such application, or one in the wrong state for it. */
export class ApplicationError extends Error {}

const changedMeanwhile = () => new ApplicationError('The application has changed meanwhile; try again.');

const savedToken = (token: string, application: Application): Write => {
  const { application_id, name, scopes, tokens } = application;
  const valid_until = tokens.at(-1)?.valid_until;
  return {
    put: {
      Item: rowOfApplication(token, { application_id, name, scopes, valid_until }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
    refused: () => new Error('two applications have one token'),
  };
};

/** Replaces an application's tokens, unless that has happened meanwhile. */
const savedTokens = ({ application_id, tokens }: Application, after: Application['tokens']): Write => ({
  update: {
    Key: applicationKey(application_id),
    UpdateExpression: 'SET tokens = :tokens',
    ConditionExpression: 'tokens = :seen',
    ExpressionAttributeValues: { ':tokens': after, ':seen': tokens },
  },
  refused: changedMeanwhile,
});

const removedToken = ({ pk }: Application['tokens'][number]): Write => removed({ pk, sk: tokenKey('').sk });

/** An application and a token of it, which is stored nowhere: this is the only time that it is seen. */
export interface IssuedToken {
  application: Application;
  token: string;
}

const newToken = (now: Date, valid_until: string | undefined) => {
  const token = randomToken('app');
  const ends = valid_until === undefined ? {} : { valid_until };
  return { token, entry: { pk: tokenKey(token).pk, created_at: now.toISOString(), ...ends } };
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

/** What adds to the audit trail what is done to an application, in the same transaction. */
export type Recorded = (application_id: number) => Promise<Write>;

const taken = (application_id: unknown): ApplicationError =>
  new ApplicationError(`Application ${application_id} has that name already; names tell them apart.`);

/**
 * Makes an application and its token.
 *
 * @throws {ApplicationError} if another has the name
 */
export const createApplication = async (
  table: Table,
  { name, scopes, valid_until }: { name: string; scopes: Scope[]; valid_until?: string | undefined },
  now: Date,
  recorded: Recorded,
): Promise<IssuedToken> => {
  const other = (await listApplications(table)).find((each) => sameName(each.name) === sameName(name));
  if (other !== undefined) throw taken(other.application_id);
  const { token, entry } = newToken(now, valid_until);
  const application_id = randomId();
  const application = { application_id, name, scopes, created_at: now.toISOString(), tokens: [entry] };
  await table.transact([
    {
      put: {
        Item: { ...nameKey(name), application_id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      refused: (row) => taken(row && applicationNameRows.read(row).application_id),
    },
    {
      put: {
        Item: { ...applicationKey(application_id), ...application },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
      refused: () => new Error('two applications have one id'),
    },
    savedToken(token, application),
    await recorded(application_id),
  ]);
  return { application, token };
};

/** All applications. */
export const listApplications = async (table: Table): Promise<Application[]> =>
  applicationRows.readAll(table, await table.query(partitions.applications, APPLICATION));

/** When each token of an application was used last, in the order of its tokens; undefined for one that was not, or not in a year. */
export const lastUses = (table: Table, { tokens }: Application): Promise<(string | undefined)[]> =>
  Promise.all(tokens.map(async ({ pk }) => lastUseIn(table, await table.get(useKey({ pk, sk: '' })))));

/**
 * An application as it is.
 *
 * @throws {ApplicationError} if there is none
 */
export const findApplication = async (table: Table, application_id: number): Promise<Application> => {
  const row = await table.getAgain(applicationKey(application_id));
  if (row === undefined) throw new ApplicationError(`There is no application ${application_id}.`);
  return applicationRows.read(row);
};

/**
 * Starts a rotation: a second token, which ends when it is said, beside which the first stays valid.
 *
 * @throws {ApplicationError} if there is no such application, or a rotation is under way already
 */
export const startRotation = async (
  table: Table,
  application_id: number,
  { now, valid_until }: { now: Date; valid_until?: string | undefined },
  recorded: Recorded,
): Promise<IssuedToken> => {
  const before = await findApplication(table, application_id);
  if (before.tokens.length > 1) {
    throw new ApplicationError(
      `A rotation is under way already; finish it first: applications rotate ${application_id} --finish`,
    );
  }
  const { token, entry } = newToken(now, valid_until);
  const application = { ...before, tokens: [...before.tokens, entry] };
  await table.transact([
    savedTokens(before, application.tokens),
    savedToken(token, application),
    await recorded(application_id),
  ]);
  return { application, token };
};

/**
 * Finishes a rotation: only the newest token stays valid.
 *
 * @throws {ApplicationError} if there is no such application, or no rotation under way
 */
export const finishRotation = async (
  table: Table,
  application_id: number,
  recorded: Recorded,
): Promise<void> => {
  const application = await findApplication(table, application_id);
  const old = application.tokens.slice(0, -1);
  if (old.length === 0) {
    throw new ApplicationError(`No rotation is under way; start one: applications rotate ${application_id}`);
  }
  await table.transact([
    savedTokens(application, application.tokens.slice(-1)),
    ...old.map(removedToken),
    await recorded(application_id),
  ]);
};

/**
 * Revokes an application and all its tokens.
 *
 * @throws {ApplicationError} if there is no such application
 */
export const revokeApplication = async (
  table: Table,
  application_id: number,
  recorded: Recorded,
): Promise<void> => {
  const { name, tokens } = await findApplication(table, application_id);
  await table.transact([
    {
      remove: {
        Key: applicationKey(application_id),
        ConditionExpression: 'tokens = :seen',
        ExpressionAttributeValues: { ':seen': tokens },
      },
      refused: changedMeanwhile,
    },
    ...tokens.map(removedToken),
    // Should another have the name, as release 0.2 let it, it is still found in the list.
    removed(nameKey(name)),
    await recorded(application_id),
  ]);
};
