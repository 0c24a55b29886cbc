import { pipeline } from '../../../../pipeline/pipeline.ts';
import { orderDependencies } from '../../change-order.ts';
import { createAppointment } from './create.ts';
import { createAppointment as route } from './route.ts';

export const handler = pipeline(route, (resources) => createAppointment(orderDependencies(resources)));
