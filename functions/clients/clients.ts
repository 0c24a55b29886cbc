import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import { ChangedMeanwhile } from '../table/until-unchanged.ts';
import { asRead, setting, unconditional, type Write } from '../table/write.ts';
import { rowInClients, rowOfAddress } from './client-list.ts';

const clientSchema = z.object({
  client_id: id,
  user_id: id,
  name: z.string(),
  email: z.string(),
  /** False until the address is verified; those whom an earlier release has registered count as verified. */
  email_verified: z.optional(z.boolean()),
  phone: z.optional(z.string()),
  company_name: z.optional(z.string()),
  address: z.optional(z.string()),
  /** Those that release 0.2 made have none. */
  created_at: z.optional(z.iso.datetime()),
});
/** A client's record: what makes a user a client, and where its e-mail goes. */
export type Client = z.infer<typeof clientSchema>;

/** A client that is made now. */
export type NewClient = Client & { created_at: string };

/** What a client says of itself, and may change. */
export interface ClientDetails {
  phone?: string | undefined;
  company_name?: string | undefined;
  address?: string | undefined;
}
const DETAILS = ['phone', 'company_name', 'address'] as const satisfies readonly (keyof ClientDetails)[];

/** Clients. */
export const clientRows = new RowKind<Client>(clientSchema);

export const clientKey = (client_id: number): Key => ({
  pk: `${partitions.client}${client_id}`,
  sk: 'CLIENT',
});

/** @param anew whether it is read once more, where a request has read it */
export const findClient = async (
  table: Table,
  client_id: number,
  anew = false,
): Promise<Client | undefined> => {
  const key = clientKey(client_id);
  const row = await (anew ? table.getAgain(key) : table.get(key));
  return row && clientRows.read(row);
};

export const rowOfClient = (client: Client): Row => ({ ...clientKey(client.client_id), ...client });

/** The rows of a new client: its own, and those by which it is found. */
export const rowsOfClient = (client: NewClient): [own: Row, listed: Row, byAddress: Row] => [
  rowOfClient(client),
  rowInClients(client),
  rowOfAddress(client),
];
/** Notes that a client's address is theirs. */
export const verifiedClient = (client_id: number): Write => ({
  update: {
    Key: clientKey(client_id),
    UpdateExpression: 'SET email_verified = :yes',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':yes': true },
  },
  refused: () => new Error('a client is gone'),
});

/** Saves a new client. */
export const saveClient = (client: NewClient): Write[] => {
  const [own, ...others] = rowsOfClient(client);
  return [
    {
      put: { Item: own, ConditionExpression: 'attribute_not_exists(pk)' },
      refused: () => new Error('two clients have one id'),
    },
    ...others.map((Item): Write => ({ put: { Item }, refused: unconditional })),
  ];
};

/** The client with what it now says of itself: what is not given stays, and an empty text takes away. */
export const withDetails = (client: Client, details: ClientDetails): Client => {
  const changed = { ...client };
  for (const name of DETAILS) {
    const value = details[name];
    if (value === '') delete changed[name];
    else if (value !== undefined) changed[name] = value;
  }
  return changed;
};

const detailsOf = (client: Client, names: readonly (keyof ClientDetails)[]): Row =>
  Object.fromEntries(names.map((name) => [name, client[name]]));

/**
 * Saves the details in which a client differs from what it was, for a transaction, if it still says the same of itself; none if there
 * are none.
 */
export const saveDetails = (before: Client, after: Client): Write[] => {
  const changed = DETAILS.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return [];
  const Key = clientKey(before.client_id);
  const set = setting(detailsOf(after, changed));
  const read = asRead({ pk: Key.pk, ...detailsOf(before, DETAILS) });
  return [
    {
      update: {
        Key,
        ...set,
        ...read,
        ExpressionAttributeValues: { ...set.ExpressionAttributeValues, ...read.ExpressionAttributeValues },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
      refused: (current) =>
        current === undefined ? new Error('the client is gone') : new ChangedMeanwhile(),
    },
  ];
};
