import type { Role } from '../contract/session-view.ts';

/** The roles that a user holds, and whom they hold them for. */
export interface HeldRoles {
  /** The client that the user is, if it is one. */
  client_id: number | null;
  employee: boolean;
  /** The clients that the user looks after, if it is a liaison. */
  liaison_for: readonly number[] | null;
}

/** Who sends a request: a program with an application's token, or a user with a session. */
export type Caller =
  /** Its scopes may be more than this release knows. */
  { kind: 'application'; id: number; name: string; scopes: readonly string[] } | UserCaller;

/** A user, with a session that is live. */
export interface UserCaller {
  kind: 'user';
  id: number;
  name: string;
  held: HeldRoles;
}

/** The names of the roles held. */
export const rolesOf = (held: HeldRoles): Role[] => [
  ...(held.client_id === null ? [] : (['client'] as const)),
  ...(held.liaison_for === null ? [] : (['liaison'] as const)),
  ...(held.employee ? (['employee'] as const) : []),
];

/** Whether the caller may do everything that an employee may; within its scopes an application may. */
export const actsAsEmployee = (caller: Caller): boolean =>
  caller.kind === 'application' || caller.held.employee;

/** The clients whose orders the caller may see and change; undefined for all. */
export const clientsOf = (caller: Caller): number[] | undefined => {
  if (actsAsEmployee(caller) || caller.kind === 'application') return undefined;
  const { client_id, liaison_for } = caller.held;
  return [...new Set([...(client_id === null ? [] : [client_id]), ...(liaison_for ?? [])])];
};

/** Whether the caller may see orders and clients at all; an application may be there only to change them. */
export const maySee = (caller: Caller): boolean =>
  caller.kind === 'user' || caller.scopes.includes('orders:read');

/** Whether the caller may see and change what belongs to a client. */
export const mayActFor = (caller: Caller, client_id: number): boolean =>
  clientsOf(caller)?.includes(client_id) ?? true;

/** Which client a request is about: the one that is named, or else the caller, if it is a client. */
export const clientOf = (client_id: number | undefined, caller: Caller): number | undefined =>
  client_id ?? (caller.kind === 'user' ? (caller.held.client_id ?? undefined) : undefined);
