import { setTimeout } from 'node:timers/promises';
import {
  ApiGatewayV2Client,
  ConflictException,
  DeleteRouteSettingsCommand,
  NotFoundException,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { customResource } from '../custom-resource.ts';

/** The stage that answers at the API's own address. */
const STAGE = '$default';

const text = z.string().check(z.minLength(1));
/** CloudFormation hands on every value as text. */
const count = z.coerce.number().check(z.int(), z.positive());

/** Routes of an API, each with limits of its own: so many requests a second, and so many at once. */
const throttlesSchema = z.object({ apiId: text, routeKeys: z.array(text), rate: count, burst: count });
type Throttles = z.infer<typeof throttlesSchema>;

/** Milliseconds between one try and the next while API Gateway does not find a route that has just been made: 6 s in all. */
const PAUSES_MS = [100, 300, 600, 1_000, 2_000, 2_000];

const isEarly = (error: unknown): boolean =>
  error instanceof NotFoundException || error instanceof ConflictException;

/** What is set of other routes stays as it is. */
const limit = async (
  client: ApiGatewayV2Client,
  { apiId, routeKeys, rate, burst }: Throttles,
): Promise<void> => {
  const settings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  const RouteSettings = Object.fromEntries(routeKeys.map((key) => [key, settings]));
  for (const pause of [...PAUSES_MS, undefined]) {
    try {
      await client.send(new UpdateStageCommand({ ApiId: apiId, StageName: STAGE, RouteSettings }));
      return;
    } catch (error) {
      if (pause === undefined || !isEarly(error)) throw error;
      await setTimeout(pause);
    }
  }
};

const lift = async (client: ApiGatewayV2Client, apiId: string, routeKeys: string[]): Promise<void> => {
  for (const RouteKey of routeKeys) {
    const command = new DeleteRouteSettingsCommand({ ApiId: apiId, StageName: STAGE, RouteKey });
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof NotFoundException)) throw error;
    });
  }
};

/** Of another API's routes nothing is lifted: its id is that of another resource, which CloudFormation deletes. */
const carryOut = async (event: CloudFormationCustomResourceEvent): Promise<string> => {
  const client = new ApiGatewayV2Client();
  if (event.RequestType === 'Delete') {
    const limited = throttlesSchema.safeParse(event.ResourceProperties).data;
    // What was never understood was never set.
    if (limited !== undefined) await lift(client, limited.apiId, limited.routeKeys);
    return event.PhysicalResourceId;
  }
  const wanted = throttlesSchema.parse(event.ResourceProperties);
  const { apiId, routeKeys } = wanted;
  const former =
    event.RequestType === 'Update' ? throttlesSchema.safeParse(event.OldResourceProperties).data : undefined;
  const gone = former?.apiId === apiId ? former.routeKeys.filter((key) => !routeKeys.includes(key)) : [];
  // First: once a route has gone whose limits are still set, API Gateway refuses every change of the stage.
  await lift(client, apiId, gone);
  await limit(client, wanted);
  return apiId;
};

/**
 * Sets limits for routes of a service, once they are there, and lifts them before they go: the stage was made before any of them,
 * and takes no settings of a route that it does not find.
 */
export const handler = customResource(carryOut, 'The routes could not be given limits of their own');
