import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';
import type { Write } from '../table/write.ts';

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
});
/** A client's record: what makes a user a client, and where its e-mail goes. */
export type Client = z.infer<typeof clientSchema>;

/** Clients. */
export const clientRows = new RowKind<Client>(clientSchema);

const clientKey = (client_id: number): Key => ({ pk: `${partitions.client}${client_id}`, sk: 'CLIENT' });

export const findClient = async (table: Table, client_id: number): Promise<Client | undefined> => {
  const row = await table.get(clientKey(client_id));
  return row && clientRows.read(row);
};

export const rowOfClient = (client: Client): Row => ({ ...clientKey(client.client_id), ...client });

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
export const savedClient = (client: Client): Write => ({
  put: { Item: rowOfClient(client), ConditionExpression: 'attribute_not_exists(pk)' },
  refused: () => new Error('two clients have one id'),
});
