import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../../functions/jobs/throttle-routes/handler.ts';
import {
  type LoopbackReply,
  type LoopbackRequest,
  type LoopbackServer,
  serveLoopback,
} from '../../../infra/local/loopback.ts';
import { Output } from '../../support/output.ts';

/** The function between CloudFormation and an API Gateway that are stood in for. */
const output = new Output();
const REGISTER = 'POST /api/v1/users/register';
const CREATE = 'POST /api/v1/sessions/create';

let apiGateway: LoopbackServer;
let cloudFormation: LoopbackServer;
const asked: LoopbackRequest[] = [];
const answers: unknown[] = [];
/** What API Gateway refuses, the first first; then it does as it is told. */
const refusals: LoopbackReply[] = [];
const refusal = (type: string, status: number): LoopbackReply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
  body: JSON.stringify({ message: 'Unable to find Route by key within the provided RouteSettings' }),
});
beforeAll(async () => {
  apiGateway = await serveLoopback((request) => {
    asked.push(request);
    const headers = { 'content-type': 'application/json' };
    return refusals.shift() ?? { status: request.method === 'DELETE' ? 204 : 200, headers, body: '{}' };
  });
  cloudFormation = await serveLoopback(({ body }) => {
    answers.push(JSON.parse(body));
    return { status: 200, headers: {}, body: '' };
  });
});
afterAll(() => Promise.all([apiGateway.close(), cloudFormation.close()]));
beforeEach(() => {
  for (const list of [asked, answers, refusals]) list.length = 0;
  const environment = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_ENDPOINT_URL_APIGATEWAYV2: apiGateway.url,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return () => vi.unstubAllEnvs();
});

const limits = (routeKeys: string[], different: object = {}) => ({
  apiId: 'a1',
  routeKeys,
  rate: '10',
  burst: '20',
  ...different,
});
const carryOut = async (
  RequestType: 'Create' | 'Update' | 'Delete',
  properties: object,
  was: object = {},
): Promise<unknown> => {
  const event = {
    RequestType,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Limits',
    ...(RequestType !== 'Create' && { PhysicalResourceId: 'a1' }),
    ...(RequestType === 'Update' && { OldResourceProperties: was }),
    ResponseURL: `${cloudFormation.url}/answer`,
    ResourceType: 'Custom::RouteThrottles',
    ResourceProperties: properties,
  } as CloudFormationCustomResourceEvent;
  await handler(event, { getRemainingTimeInMillis: () => 15_000 });
  return answers.at(-1);
};
const requests = () => asked.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
const SET = 'PATCH /v2/apis/a1/stages/$default';
const lifted = (key: string) => `DELETE /v2/apis/a1/stages/$default/routesettings/${key}`;

it('Routes get their limits in one request, as numbers, and others keep theirs', async () => {
  expect(await carryOut('Create', limits([REGISTER, CREATE]))).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: 'a1',
  });
  expect(requests()).toEqual([SET]);
  const settings = { throttlingRateLimit: 10, throttlingBurstLimit: 20 };
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    routeSettings: { [REGISTER]: settings, [CREATE]: settings },
  });
});

it.each(['NotFoundException', 'ConflictException'])(
  'Routes get their limits later when API Gateway does not take them yet (%s)',
  async (type) => {
    refusals.push(refusal(type, 404));
    expect(await carryOut('Create', limits([CREATE]))).toMatchObject({ Status: 'SUCCESS' });
    expect(requests()).toEqual([SET, SET]);
  },
);

describe('an update', () => {
  it('A route that is limited no more loses its limits first, while it is still there', async () => {
    await carryOut('Update', limits([CREATE], { rate: '5' }), limits([REGISTER, CREATE]));
    expect(requests()).toEqual([lifted(REGISTER), SET]);
  });

  it('Routes of another API are that API’s, whose resource is deleted', async () => {
    const answer = await carryOut('Update', limits([CREATE]), limits([REGISTER], { apiId: 'a0' }));
    expect(answer).toMatchObject({ PhysicalResourceId: 'a1' });
    expect(requests()).toEqual([SET]);
  });
});

describe('a removal', () => {
  it('Routes lose their limits, also those that have gone already', async () => {
    refusals.push(refusal('NotFoundException', 404));
    expect(await carryOut('Delete', limits([REGISTER, CREATE]))).toMatchObject({ Status: 'SUCCESS' });
    expect(requests()).toEqual([lifted(REGISTER), lifted(CREATE)]);
  });

  it('What was never understood is removed without a request', async () => {
    expect(await carryOut('Delete', { apiId: 'a1' })).toMatchObject({ Status: 'SUCCESS' });
    expect(asked).toEqual([]);
  });
});

it.each<[string, object, LoopbackReply[]]>([
  ['a permission is missing', limits([CREATE]), [refusal('AccessDeniedException', 403)]],
  ['a limit is none', limits([CREATE], { rate: '0' }), []],
])('CloudFormation is told at once when %s', async (_, properties, refused) => {
  refusals.push(...refused);
  expect(await carryOut('Create', properties)).toMatchObject({
    Status: 'FAILED',
    PhysicalResourceId: 'Limits',
    Reason: expect.stringContaining('limits of their own'),
  });
  expect(asked).toHaveLength(refused.length);
  expect(output.log).toContainEqual(expect.objectContaining({ level: 'ERROR', message: 'deployment' }));
});
