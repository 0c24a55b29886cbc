import { applicationNameRows, applicationRows } from '../functions/adapters/applications.ts';
import { attemptsRows } from '../functions/adapters/attempts.ts';
import { clientRows } from '../functions/adapters/clients.ts';
import { routeRecords, serviceRecords } from '../functions/adapters/deployment-state.ts';
import { idempotencyRows } from '../functions/adapters/idempotency-record.ts';
import { circuitRows } from '../functions/adapters/mandrill-circuit.ts';
import { notificationRows } from '../functions/adapters/notification-listing.ts';
import { historyRows } from '../functions/adapters/order-history.ts';
import { orderRows, rowOfOrder } from '../functions/adapters/order-row.ts';
import { emailRows } from '../functions/adapters/outbox-row.ts';
import type { RowKind } from '../functions/adapters/row-kind.ts';
import { useRows } from '../functions/adapters/session-use.ts';
import type { Key, Row } from '../functions/adapters/table.ts';
import { tokenRows } from '../functions/adapters/tokens.ts';
import { completeListRows, listedUserRows } from '../functions/adapters/user-list.ts';
import { sessionPointerRows } from '../functions/adapters/user-sessions.ts';
import { loginRows, sourceRows, userRows } from '../functions/adapters/users.ts';
import { partitions } from '../functions/contract/table-partitions.ts';

/** The kinds of rows, by how both parts of their keys start; of two that fit, the first. */
const ROW_KINDS: readonly { pk: string; sk: string; rows: RowKind<unknown> }[] = [
  { pk: partitions.circuit, sk: 'MANDRILL', rows: circuitRows },
  { pk: partitions.applications, sk: 'APPLICATION#', rows: applicationRows },
  { pk: partitions.applications, sk: 'NAME#', rows: applicationNameRows },
  { pk: partitions.attempts, sk: 'ATTEMPTS', rows: attemptsRows },
  { pk: partitions.client, sk: 'CLIENT', rows: clientRows },
  { pk: partitions.deployments, sk: 'SERVICE#', rows: serviceRecords },
  { pk: partitions.deployments, sk: 'ROUTE#', rows: routeRecords },
  { pk: partitions.email, sk: 'EMAIL', rows: emailRows },
  { pk: partitions.idempotency, sk: 'IDEMPOTENCY', rows: idempotencyRows },
  { pk: partitions.login, sk: 'LOGIN', rows: loginRows },
  { pk: partitions.login, sk: 'SOURCE#', rows: sourceRows },
  { pk: partitions.notifications, sk: '', rows: notificationRows },
  { pk: partitions.order, sk: 'ORDER', rows: orderRows },
  { pk: partitions.order, sk: 'HISTORY#', rows: historyRows },
  { pk: partitions.token, sk: 'TOKEN', rows: tokenRows },
  { pk: partitions.used, sk: 'USED', rows: useRows },
  { pk: partitions.user, sk: 'USER', rows: userRows },
  { pk: partitions.user, sk: 'SESSION#', rows: sessionPointerRows },
  { pk: partitions.users, sk: 'COMPLETE', rows: completeListRows },
  { pk: partitions.users, sk: '', rows: listedUserRows },
];

/** The kind of the row of a key; undefined for one that this release does not know. */
export const rowKindOf = ({ pk, sk }: Key): RowKind<unknown> | undefined =>
  ROW_KINDS.find((kind) => pk.startsWith(kind.pk) && sk.startsWith(kind.sk))?.rows;

/**
 * A row that can be read, where it belongs: an order stands in lists by what it says, and so may have to stand in others.
 */
export const placed = (key: Key, row: Row): Row =>
  rowKindOf(key) === orderRows ? { ...row, ...rowOfOrder(orderRows.read(row)) } : row;
