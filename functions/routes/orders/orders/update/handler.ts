import { pipeline } from '../../../../pipeline/pipeline.ts';
import { orderDependencies } from '../../change-order.ts';
import { updateOrder as route } from './route.ts';
import { updateOrder } from './update.ts';

export const handler = pipeline(route, (resources) => updateOrder(orderDependencies(resources)));
