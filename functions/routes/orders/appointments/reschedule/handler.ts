import { pipeline } from '../../../../pipeline/pipeline.ts';
import { orderDependencies } from '../../change-order.ts';
import { rescheduleAppointment } from './reschedule.ts';
import { rescheduleAppointment as route } from './route.ts';

export const handler = pipeline(route, (resources) => rescheduleAppointment(orderDependencies(resources)));
