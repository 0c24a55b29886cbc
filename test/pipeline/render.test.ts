import { describe, expect, it } from 'vitest';
import { viewOf } from '../../functions/accounts/session.ts';
import { fault } from '../../functions/contract/faults.ts';
import { Refused } from '../../functions/contract/refused.ts';
import { renderingOf, type Status, statuses } from '../../functions/contract/statuses.ts';
import type { Answer, Exchange } from '../../functions/pipeline/exchange.ts';
import { render } from '../../functions/pipeline/render.ts';
import { TableUnavailable } from '../../functions/table/retry.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aRequest } from '../support/exchange.ts';
import { aSession } from '../support/sessions.ts';

const taken = (response: unknown, exchange: Exchange) => {
  const { statusCode, headers, body } = response as Answer;
  return { http: statusCode, headers, body: JSON.parse(body ?? ''), exchange };
};
const requestWith = (found: Partial<Exchange>) =>
  aRequest({}, { route: echoRoute, identified: true, ...found });

const rendered = async (response: unknown, found: Partial<Exchange> = {}) => {
  const request = Object.assign(requestWith(found), { response });
  await render.after?.(request);
  return taken(request.response, request.context.exchange);
};
const renderedError = async (error: unknown, found: Partial<Exchange> = {}) => {
  const request = Object.assign(requestWith(found), { error });
  await render.onError?.(request);
  return taken(request.response, request.context.exchange);
};

const RETRY_AFTER: Partial<Record<Status, string>> = {
  'too-many-attempts': '900',
  'identify-request-error': '5',
  'service-not-found': '30',
  'route-not-found': '30',
};

describe('every status', () => {
  it.each(Object.keys(statuses) as Status[])(
    'The status %s is in the envelope, with its headers',
    async (status) => {
      const { http, headers, body, exchange } = await renderedError(new Refused(status));
      expect(http).toBe(renderingOf(status).http);
      expect(body).toEqual({
        status,
        message: renderingOf(status).message,
        request_id: 'gateway-request',
        ...(status === 'client-required' && { registration_page: '/account/client' }),
      });
      const retryAfter = RETRY_AFTER[status];
      expect(headers).toEqual({
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-request-id': 'gateway-request',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        ...(retryAfter && { 'retry-after': retryAfter }),
      });
      expect(exchange.status).toBe(status);
    },
  );
});

it('What is an answer already is left as it is', async () => {
  const page = { statusCode: 200, headers: { 'content-type': 'text/html' }, body: '<p>' };
  const request = Object.assign(requestWith({}), { response: page });
  await render.after?.(request);
  expect(request.response).toBe(page);
});

describe('what an action returns', () => {
  it('What an action returns is rendered as its data', async () => {
    const { http, body } = await rendered({ data: { number: 7 } });
    expect(http).toBe(200);
    expect(body).toMatchObject({ status: 'action-successful', data: { number: 7 } });
    expect(body).not.toHaveProperty('errors');
    expect(body).not.toHaveProperty('session');
  });

  it('What an action returns is rendered in the words of its work', async () => {
    const { http, body } = await rendered({
      status: 'mandrill-email-failed',
      message: 'It did not go out.',
      data_json: '{"number":7}',
    });
    expect(http).toBe(500);
    expect(body).toMatchObject({
      status: 'mandrill-email-failed',
      message: 'It did not go out.',
      data: { number: 7 },
    });
  });
});

describe('what was refused', () => {
  it('What was refused is rendered with its errors, its data, and its session', async () => {
    const errors = [fault('number', 'stale', 'is stale')];
    const session = viewOf({ session: aSession(), token: 'ses_1' });
    const { body } = await renderedError(
      new Refused('invalid-param', { errors, data: { number: 8 }, session }),
    );
    expect(body).toMatchObject({ errors, data: { number: 8 }, session });
  });
});

describe('what is answered again', () => {
  const answer = { status: 'action-successful', message: 'Done then.' };

  it('An answer that was given before says so in a header', async () => {
    const { headers } = await rendered(answer, { replayed: true });
    expect(headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });

  it('An answer that is given for the first time has no such header', async () => {
    const { headers } = await rendered(answer);
    expect(headers).not.toHaveProperty('idempotent-replayed');
  });
});

describe('what broke', () => {
  const broken = new Error('ResourceNotFoundException: table plano-orders');

  it.each([
    [true, 'application-crash'],
    [false, 'identify-request-error'],
  ])(
    'What broke is, when it is %s that the route was identified, rendered as %s',
    async (identified, status) => {
      const { http, body, exchange } = await renderedError(broken, { identified });
      expect(http).toBe(500);
      expect(body.status).toBe(status);
      expect(exchange.faults).toEqual([broken]);
    },
  );

  it('What broke tells the client nothing of it', async () => {
    const { body } = await renderedError(broken);
    expect(Object.keys(body)).toEqual(['status', 'message', 'request_id']);
    expect(JSON.stringify(body)).not.toMatch(/plano-orders|ResourceNotFound|\.ts/);
  });

  it('When the table is away, the client is told when to try again, and otherwise it is not', async () => {
    const unavailable = new TableUnavailable(3, new Error('away'));
    expect((await renderedError(unavailable)).headers).toMatchObject({ 'retry-after': '5' });
    expect((await renderedError(broken)).headers).not.toHaveProperty('retry-after');
  });
});
