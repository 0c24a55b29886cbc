import { applicationNameRows, applicationRows } from '../functions/accounts/applications.ts';
import { attemptsRows } from '../functions/accounts/attempts.ts';
import { sourceRows } from '../functions/accounts/familiar-sources.ts';
import { loginRows } from '../functions/accounts/logins.ts';
import { proofRows } from '../functions/accounts/proofs.ts';
import { useRows } from '../functions/accounts/session-use.ts';
import { sourceKeyRows } from '../functions/accounts/source-hash.ts';
import { tokenRows } from '../functions/accounts/tokens.ts';
import { completeListRows, listedUserRows } from '../functions/accounts/user-list.ts';
import { sessionPointerRows } from '../functions/accounts/user-sessions.ts';
import { userRows } from '../functions/accounts/users.ts';
import { auditRows } from '../functions/audit/audit.ts';
import { clientAddressRows, listedClientRows } from '../functions/clients/client-list.ts';
import { clientRows } from '../functions/clients/clients.ts';
import { routeRecords, serviceRecords } from '../functions/deployments/deployment-state.ts';
import { releaseRecords } from '../functions/deployments/releases.ts';
import { notificationRows } from '../functions/notifications/notification-listing.ts';
import { historyRows } from '../functions/orders/history-store.ts';
import { orderRows, rowOfOrder } from '../functions/orders/order-row.ts';
import { referenceRows } from '../functions/orders/reference.ts';
import { circuitRows } from '../functions/outbox/channels/email/mandrill-circuit.ts';
import { emailRows } from '../functions/outbox/outbox-row.ts';
import { idempotencyRows } from '../functions/table/idempotency-record.ts';
import { partitions } from '../functions/table/partitions.ts';
import type { Key, Row } from '../functions/table/row.ts';
import type { RowKind } from '../functions/table/row-kind.ts';

/** The kinds of rows, by how both parts of their keys start; of two that fit, the first. */
const ROW_KINDS: readonly { pk: string; sk: string; rows: RowKind<unknown> }[] = [
  { pk: partitions.circuit, sk: 'MANDRILL', rows: circuitRows },
  { pk: partitions.applications, sk: 'APPLICATION#', rows: applicationRows },
  { pk: partitions.applications, sk: 'NAME#', rows: applicationNameRows },
  { pk: partitions.audit, sk: '', rows: auditRows },
  { pk: partitions.attempts, sk: 'ATTEMPTS', rows: attemptsRows },
  { pk: partitions.client, sk: 'CLIENT', rows: clientRows },
  { pk: partitions.clientAddress, sk: 'CLIENT', rows: clientAddressRows },
  { pk: partitions.clients, sk: '', rows: listedClientRows },
  { pk: partitions.deployments, sk: 'SERVICE#', rows: serviceRecords },
  { pk: partitions.deployments, sk: 'ROUTE#', rows: routeRecords },
  { pk: partitions.deployments, sk: 'RELEASE#', rows: releaseRecords },
  { pk: partitions.email, sk: 'EMAIL', rows: emailRows },
  { pk: partitions.idempotency, sk: 'IDEMPOTENCY', rows: idempotencyRows },
  { pk: partitions.login, sk: 'LOGIN', rows: loginRows },
  { pk: partitions.login, sk: 'SOURCE#', rows: sourceRows },
  { pk: partitions.notifications, sk: '', rows: notificationRows },
  { pk: partitions.order, sk: 'ORDER', rows: orderRows },
  { pk: partitions.order, sk: 'HISTORY#', rows: historyRows },
  { pk: partitions.proof, sk: '', rows: proofRows },
  { pk: partitions.reference, sk: 'REFERENCE', rows: referenceRows },
  { pk: partitions.sourceKey, sk: '', rows: sourceKeyRows },
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
