import type { Construct } from 'constructs';
import { OWASP_COST } from '../../functions/accounts/password-cost.ts';
import { type Route, sendsEmail } from '../../functions/contract/define-route.ts';
import { tableGrants } from '../../functions/pipeline/grants.ts';
import type { Environment } from '../../functions/table/environment.ts';
import { functionOfRoute, type Stage } from '../stages.ts';
import { BundledFunction } from './bundled-function.ts';
import { publicUrl } from './public-url.ts';
import { emailEnvironment, queueEmail, queueEnvironment, readMandrillKey } from './sends-email.ts';
import type { StageTable } from './stage-table.ts';
import { useTable } from './table-access.ts';

/** The folder of a route's `handler.ts`, from the project's root. */
export const routeFolder = ({ service, path }: Pick<Route, 'service' | 'path'>): string =>
  `functions/routes/${service}/${path}`;

/** Why a function that the gateway calls needs no dead letter queue. */
export const CALLED_BY_GATEWAY =
  'API Gateway calls it synchronously, and Lambda puts only asynchronous events in a dead letter queue. ' +
  'A call that fails is answered with its error, and the client sends it again.';

/** Whether a route sends links to the pages for people, which is what it tells users. */
const sendsLinks = ({ sends = [] }: Route): boolean => sends.some((channel) => channel !== 'email');

interface RouteFunctionProps {
  stage: Stage;
  route: Route;
  table: StageTable;
}

/** The function of one route, which may do what the route declares and nothing more. */
export class RouteFunction extends BundledFunction {
  constructor(scope: Construct, id: string, { stage, route, table }: RouteFunctionProps) {
    const environment: Environment = { STAGE: stage.name, TABLE_NAME: table.name };
    super(scope, id, {
      stage,
      name: functionOfRoute(route.path),
      description: route.purpose,
      log: route.service,
      folder: routeFolder(route),
      environment: {
        ...environment,
        ...(sendsEmail(route) && emailEnvironment(stage)),
        // What is sensitive of a body is a password, or a code that is hashed as one when it is sent.
        ...((route.sensitive || sendsLinks(route)) && { SCRYPT_COST: String(OWASP_COST) }),
        ...(sendsLinks(route) && { API_URL: publicUrl(scope, stage) }),
        ...(route.queuesEmail && queueEnvironment(scope, stage)),
      },
      access: [
        ...useTable(table, tableGrants(route)),
        ...(sendsEmail(route) ? [readMandrillKey(scope, stage)] : []),
        ...(route.queuesEmail ? [queueEmail(scope, stage)] : []),
      ],
      reservedConcurrency: route.sensitive ? stage.reservedConcurrency?.passwords : undefined,
      withoutDeadLetterQueue: CALLED_BY_GATEWAY,
    });
  }
}
