import { pipeline } from '../../../../pipeline/pipeline.ts';
import { destroySession } from './destroy.ts';
import { destroySession as route } from './route.ts';

export const handler = pipeline(route, () => destroySession);
