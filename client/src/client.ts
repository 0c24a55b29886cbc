import type { CallOptions } from './answers.ts';
import { callerFor } from './call.ts';
import { type ChangeOrder, withChange } from './change.ts';
import type { Methods } from './methods.ts';
import { type ClientOptions, platformClock } from './options.ts';
import { allOf } from './pages.ts';
import { type RouteFacts, routes } from './table.ts';

/** The API: a method a route, by the two parts of its path, such as `orders.create` and `users.clientRegister`. */
export interface Client extends Methods {
  readonly orders: Methods['orders'] & ChangeOrder;
}

const camelCase = (name: string): string =>
  name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Makes a client of the API. All its methods throw `PlanoError` when the API refuses, `NoAnswerError` when no answer of the API
 * came, and the reason of their signal when it is aborted.
 */
export const createClient = (options: ClientOptions): Client => {
  const call = callerFor(options);
  const groups: Record<string, Record<string, unknown>> = {};
  for (const path of Object.keys(routes) as (keyof typeof routes)[]) {
    const [group = '', name = ''] = path.split('/');
    const { list }: RouteFacts = routes[path];
    const method = camelCase(name);
    groups[group] = {
      ...groups[group],
      [method]: (params?: object, how?: CallOptions) => call(path, params, how),
      ...(list !== undefined && {
        [`${method}All`]: (params?: object, how?: CallOptions) => allOf(call, path, list, params, how),
      }),
    };
  }
  // The compiler does not follow names that are made; that each method is there is checked by a test.
  const methods = groups as unknown as Methods;
  return { ...methods, orders: withChange(methods.orders, options.clock ?? platformClock) };
};
