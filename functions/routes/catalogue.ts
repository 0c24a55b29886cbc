import type { Route } from '../contract/define-route.ts';
import type { Handler } from '../pipeline/chain.ts';
import { updateOrder } from './orders/update/route.ts';

/** Every route there is. What is deployed, documented, granted and tested is derived from this list. */
export const catalogue = [updateOrder] as const satisfies readonly Route[];

export type RoutePath = (typeof catalogue)[number]['path'];

/** The compiler's promise that each route has a handler, and that it is bound to that route. */
type Handled<Modules extends { [Path in RoutePath]: { handler: Handler<Path> } }> = keyof Modules;
export type HandledPath = Handled<{
  'orders/update': typeof import('./orders/update/handler.ts');
}>;
