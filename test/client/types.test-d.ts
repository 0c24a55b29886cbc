/**
 * Proofs by the compiler, which `npm run types` checks: what the client has in print is what the definitions say. Nothing of this
 * runs.
 */
import type * as z from 'zod/mini';
import {
  type Answer,
  type Client,
  createClient,
  type Fault,
  PlanoError,
  type Session,
} from '../../client/src/index.ts';
import type { routes, Status } from '../../client/src/table.ts';
import type { Routes } from '../../client/src/types.ts';
import type { Fault as DefinedFault } from '../../functions/contract/faults.ts';
import type { SessionView } from '../../functions/contract/session-view.ts';
import type { Status as DefinedStatus } from '../../functions/contract/statuses.ts';
import type { catalogue, RoutePath } from '../../functions/routes/catalogue.ts';

/** A type with all that it holds spelt out, so that two which say the same are the same; JSON has no end, and is left alone. */
type Spelt<T> = [z.core.util.JSONType] extends [T]
  ? 'json'
  : T extends object
    ? { [K in keyof T]: Spelt<T[K]> }
    : T;

/** Whether two types are the same in every respect: members, and which of them may be left out or be undefined. */
type Same<A, B> = [Spelt<A>, Spelt<B>] extends [infer C, infer D] ? Identical<C, D> : never;
type Identical<C, D> = [<X>() => X extends C ? 1 : 2] extends [<X>() => X extends D ? 1 : 2] ? true : false;

type RouteAt<Path> = Extract<(typeof catalogue)[number], { path: Path }>;
/** Numbers of a query string are numbers to the client, as they are to the API once they are read. */
type DefinedParams<R extends RouteAt<RoutePath>> = R extends { method: 'GET' }
  ? z.output<R['params']>
  : z.input<R['params']>;

type Camel<Name extends string> = Name extends `${infer Start}_${infer Rest}`
  ? `${Start}${Capitalize<Camel<Rest>>}`
  : Name;
type MethodAt<Path extends string> = Path extends `${infer Group extends keyof Client}/${infer Name}`
  ? Camel<Name> extends infer Method extends keyof Client[Group]
    ? Client[Group][Method]
    : never
  : never;
type ParamsOf<Method> = Method extends (params: infer Params, ...rest: never[]) => unknown ? Params : never;
type DataOf<Method> = Method extends (...all: never[]) => Promise<Answer<infer Data>> ? Data : never;

/** A list of one route's proofs; the compiler names the path of one that is not true. */
type Proofs = {
  [Path in RoutePath]: [
    params: Same<Routes[Path]['params'], DefinedParams<RouteAt<Path>>>,
    data: Same<Routes[Path]['data'], z.output<RouteAt<Path>['data']>>,
    method: Same<NonNullable<ParamsOf<MethodAt<Path>>>, Routes[Path]['params']>,
    answer: Same<DataOf<MethodAt<Path>>, Routes[Path]['data']>,
    sent: Same<(typeof routes)[Path]['method'], RouteAt<Path>['method']>,
  ];
};
type Proven<_ extends Record<RoutePath, [true, true, true, true, true]>> = true;
type Assert<_ extends true> = true;

export type All = [
  Proven<Proofs>,
  Assert<Same<keyof Routes, RoutePath>>,
  Assert<Same<keyof typeof routes, RoutePath>>,
  Assert<Same<Session, SessionView>>,
  Assert<Same<Fault, DefinedFault>>,
  Assert<Same<Status, DefinedStatus>>,
];

/** The proofs can fail: a member more, one that may be left out, another type, and one deep inside. */
type Refuted<_ extends false> = true;
export type NotAll = [
  Refuted<Same<{ a: 1 }, { a: 1; b?: 2 }>>,
  Refuted<Same<{ a: 1 }, { a?: 1 }>>,
  Refuted<Same<{ a?: 1 }, { a?: 1 | undefined }>>,
  Refuted<Same<{ a: { b: string }[] }, { a: { b: number }[] }>>,
  Refuted<Same<Routes['orders/list']['params'], Routes['emails/list']['params']>>,
];

/** Answers and refusals are told apart by their status. */
export const byStatus = async (error: unknown): Promise<unknown> => {
  if (error instanceof PlanoError) {
    switch (error.status) {
      case 'invalid-param':
        return [error.errors.map(({ code }) => code), error.data?.order?.updated_at] satisfies [
          string[],
          unknown,
        ];
      case 'client-required':
        return [error.session.token, error.registrationPage] satisfies [string, string | undefined];
      default:
        // @ts-expect-error only refusals for parameters list what is wrong
        return error.errors;
    }
  }
  const client = createClient({ baseUrl: '' });
  const answer = await client.orders.create({ line_items: [{ name: 'Hedge', quantity: 1 }] });
  // @ts-expect-error that everything was sent goes without a warning
  if (answer.status === 'action-successful') return answer.warning.message;
  // @ts-expect-error a misspelt parameter is one too many
  await client.orders.list({ limt: 1 });
  // @ts-expect-error what is required is required
  await client.orders.update({ order_id: 1, updated_at: '' });
  const { session } = await client.sessions.show();
  return [answer.warning.message, session.token] satisfies string[];
};
