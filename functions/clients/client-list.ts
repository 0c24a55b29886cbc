import * as z from 'zod/mini';
import { sameAddressKey } from '../contract/email-address.ts';
import { id } from '../contract/params.ts';
import { digest } from '../table/digest.ts';
import { partitions } from '../table/partitions.ts';
import type { Key, Row } from '../table/row.ts';
import { RowKind } from '../table/row-kind.ts';
import type { Table } from '../table/table.ts';

/** Since when a client is one, and which. */
interface Listed {
  client_id: number;
  created_at: string;
}

/** Entries of the list of clients, which say which client it is; what is shown of it is read from its own row. */
export const listedClientRows = new RowKind(z.object({ sk: z.string(), client_id: id }));

/** Where a client stands among others; those of later are greater. One of which that is not known stands before all. */
export const placeOf = ({
  created_at = '',
  client_id,
}: {
  created_at?: string | undefined;
  client_id: number;
}): string => `${created_at}#${client_id}`;

/** The entry of a client among all. */
export const rowInClients = (client: Listed): Row & Key => ({
  pk: partitions.clients,
  sk: placeOf(client),
  client_id: client.client_id,
});

/** The rows by which a client is found by its e-mail address. */
export const clientAddressRows = new RowKind(z.object({ client_id: id }));

const addressKey = (email: string): Key => ({
  pk: `${partitions.clientAddress}${digest(sameAddressKey(email))}`,
  sk: 'CLIENT',
});

/** The row by which a client is found by its e-mail address. */
export const rowOfAddress = ({ client_id, email }: { client_id: number; email: string }): Row & Key => ({
  ...addressKey(email),
  client_id,
});

/** The id of the client of an e-mail address, if there is one. */
export const findClientId = async (table: Table, email: string): Promise<number | undefined> => {
  const row = await table.get(addressKey(email));
  return row && clientAddressRows.read(row).client_id;
};
