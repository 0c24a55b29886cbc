import { resendEmail } from '../../../../outbox/outbox-operator.ts';
import { pipeline } from '../../../../pipeline/pipeline.ts';
import { decideOnEmail, decisionDependencies } from '../decide-on-email.ts';
import { resendEmail as route } from './route.ts';

export const handler = pipeline(route, (resources) =>
  decideOnEmail(decisionDependencies(resources, resendEmail)),
);
