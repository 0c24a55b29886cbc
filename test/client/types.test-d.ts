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
  type Order,
  type OrderPreview,
  PlanoError,
  type Session,
} from '../../client/src/index.ts';
import type { routes, Status } from '../../client/src/table.ts';
import type { Routes } from '../../client/src/types.ts';
import type { PreviewOf } from '../../functions/contract/define-route.ts';
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
/** Numbers of a query string are numbers to the client, as they are to the API once they are read; the lists it only reads. */
type DefinedParams<R extends RouteAt<RoutePath>> = R extends { method: 'GET' }
  ? ReadonlyLists<z.output<R['params']>>
  : z.input<R['params']>;
type ReadonlyLists<T> = { [K in keyof T]: number[] extends T[K] ? readonly number[] : T[K] };
/** What a dry run answers; never where there is none. */
type PreviewIn<Path extends RoutePath> = Routes[Path] extends { preview: infer Preview } ? Preview : never;

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
    preview: Same<PreviewIn<Path>, PreviewOf<RouteAt<Path>>>,
    answer: Same<DataOf<MethodAt<Path>>, Routes[Path]['data'] | PreviewIn<Path>>,
    sent: Same<(typeof routes)[Path]['method'], RouteAt<Path>['method']>,
  ];
};
type Proven<_ extends Record<RoutePath, [true, true, true, true, true, true]>> = true;
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
        return [error.session.token, error.registrationPage] satisfies [string, string];
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

/** A dry run answers with a preview, and all else with what was done; where it is not known which it is, it can be either. */
export const byDryRun = async ({ orders, appointments }: Client, dry_run: boolean): Promise<unknown> => {
  const params = { order_id: 1, updated_at: '' };
  const update = { ...params, appointment: { appt_id: 1 } };
  const at = { ...params, scheduled_for: '' };
  const create = { line_items: [{ name: 'Hedge', quantity: 1 }] };
  const previews = [
    (await orders.create({ ...create, dry_run: true })).data,
    (await orders.update({ ...update, dry_run: true })).data,
    (await appointments.create({ ...at, dry_run: true })).data,
    (await appointments.reschedule({ ...at, appt_id: 1, dry_run: true })).data,
  ] satisfies OrderPreview[];
  const done = [
    (await orders.create(create)).data.order,
    (await orders.update({ ...update, dry_run: false })).data.order,
    (await appointments.create({ ...at, dry_run: undefined })).data.order,
    (await appointments.reschedule({ ...at, appt_id: 1 })).data.order,
  ] satisfies Order[];
  const { data } = await orders.create({ ...create, dry_run });
  // @ts-expect-error only a preview tells what would change
  const { changes } = data;
  const either = 'changes' in data ? data.order.order_id : data.order.order_id.toFixed();
  // @ts-expect-error what is not made yet has no id
  previews[0]?.order.order_id.toFixed();
  // @ts-expect-error a misspelt parameter is one too many, of a dry run as well
  await orders.create({ ...create, dry_runn: true });
  // @ts-expect-error a change that is applied again until it is done is none that is only tried
  await orders.change(1, () => ({ appointment: { appt_id: 1 }, dry_run: true }));
  const ids: readonly number[] = [1, 2];
  const { orders: found, not_found } = (await orders.showMany({ order_ids: ids })).data;
  // @ts-expect-error the client writes the commas
  await orders.showMany({ order_ids: '1,2' });
  return [done, changes, either, found satisfies Order[], not_found satisfies number[]];
};
