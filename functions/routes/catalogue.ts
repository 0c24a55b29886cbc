import type { Route } from '../contract/define-route.ts';
import { updateOrder } from './orders/update/route.ts';

/** Every route there is. What is deployed, documented, granted and tested is derived from this list. */
export const catalogue = [updateOrder] as const satisfies readonly Route[];

export type RoutePath = (typeof catalogue)[number]['path'];
