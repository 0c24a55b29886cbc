import * as z from 'zod/mini';
import { id } from '../contract/params.ts';
import type { Client } from './clients.ts';

/** A client as those see it who may act for it. */
export const clientView = z.strictObject({
  client_id: id,
  name: z.string(),
  email: z.string(),
  phone: z.nullable(z.string()),
  company_name: z.nullable(z.string()),
  address: z.nullable(z.string()),
  created_at: z.nullable(z.iso.datetime()),
});
export type ClientView = z.infer<typeof clientView>;

/** A client as it is shown, whatever else another release keeps with it. */
export const viewOfClient = (client: Client): ClientView => ({
  client_id: client.client_id,
  name: client.name,
  email: client.email,
  phone: client.phone ?? null,
  company_name: client.company_name ?? null,
  address: client.address ?? null,
  created_at: client.created_at ?? null,
});
