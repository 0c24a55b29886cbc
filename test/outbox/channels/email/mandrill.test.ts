import { describe, expect, it } from 'vitest';
import { deliveryOf } from '../../../../functions/outbox/channels/email/mandrill.ts';

const ADDRESS = 'bob@example.com';
const KEY = 'md-secret-key';

/** What Mandrill says of the one recipient. */
const answer = (status: string, more: object = {}) => [{ email: ADDRESS, status, _id: 'm1', ...more }];
const failure = (kind: string, cause: string, permanent = false) => ({
  sent: false,
  failure: { kind, cause, permanent },
});

/** An error as Mandrill's client resolves with it: the request, with key and addresses, is in it. */
class ClientError extends Error {
  readonly config = { data: JSON.stringify({ key: KEY, message: { to: [{ email: ADDRESS }] } }) };
  readonly request = { body: this.config.data };
  readonly code: string | undefined;
  readonly response: unknown;
  constructor(code?: string, response?: { status: number; data: unknown }) {
    super(`Request to ${ADDRESS} failed`);
    this.code = code;
    this.response = response && { ...response, config: this.config };
  }
  get isAxiosError(): boolean {
    return true;
  }
}
const said = (name: string, status = 500) =>
  new ClientError('ERR_BAD_RESPONSE', {
    status,
    data: { status: 'error', code: -1, name, message: ADDRESS },
  });

describe('an e-mail was taken', () => {
  it.each(['sent', 'queued'])('An e-mail was taken when Mandrill says %s', (status) => {
    expect(deliveryOf(answer(status, { reject_reason: null }))).toEqual({ sent: true, mandrill_id: 'm1' });
  });
});

describe('an e-mail was refused for good', () => {
  it.each(['hard-bounce', 'spam', 'unsub'])(
    'An e-mail was refused for good when it was rejected for %s',
    (reject_reason) => {
      expect(deliveryOf(answer('rejected', { reject_reason }))).toEqual(
        failure('rejected', reject_reason, true),
      );
    },
  );

  it.each([{}, { reject_reason: null }])(
    'An e-mail was refused for good when it was rejected for no reason given',
    (more) => {
      expect(deliveryOf(answer('rejected', more))).toEqual(failure('rejected', 'no_reason_given', true));
    },
  );

  it('An e-mail was refused for good when its address is invalid', () => {
    expect(deliveryOf(answer('invalid'))).toEqual(failure('invalid', 'invalid address', true));
  });
});

describe('an e-mail was not taken this time', () => {
  it.each([
    ['Invalid_Key', 'invalid-key', 500],
    ['Invalid_Key', 'invalid-key', 401],
    ['PaymentRequired', 'payment-required', 500],
    ['GeneralError', 'mandrill-error', 500],
    ['Unknown_Subaccount', 'mandrill-error', 404],
    ['constructor', 'mandrill-error', 500],
  ])('An e-mail was not taken this time when Mandrill says %s', (name, kind, status) => {
    expect(deliveryOf(said(name, status))).toEqual(failure(kind, name));
  });

  it.each(['ECONNABORTED', 'ETIMEDOUT'])(
    'An e-mail was not taken this time when there was no answer in time (%s)',
    (code) => {
      expect(deliveryOf(new ClientError(code))).toEqual(failure('timeout', 'no answer in time'));
    },
  );

  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND'])(
    'An e-mail was not taken this time when Mandrill cannot be reached (%s)',
    (code) => {
      expect(deliveryOf(new ClientError(code))).toEqual(failure('unreachable', code));
      expect(deliveryOf(new ClientError())).toEqual(failure('unreachable', 'no_connection'));
    },
  );

  it.for([
    '<html><body>502 Bad Gateway</body></html>',
    '',
    undefined,
    { name: 'GeneralError' },
    { status: 'error' },
  ])('An e-mail was not taken this time when an error is not in Mandrill’s words: %j', (data) => {
    const error = new ClientError('ERR_BAD_RESPONSE', { status: 502, data });
    expect(deliveryOf(error)).toEqual(failure('unintelligible', 'an error that is not Mandrill’s'));
  });

  it.for([
    undefined,
    null,
    '',
    'OK',
    {},
    [],
    [...answer('sent'), ...answer('sent')],
    [{ status: 'sent' }],
    answer('scheduled'),
    new Error('not the client’s'),
  ])('An e-mail was not taken this time when an answer is not what Mandrill says: %j', (outcome) => {
    expect(deliveryOf(outcome)).toEqual(failure('unintelligible', 'an answer that is not Mandrill’s'));
  });
});

describe('a cause', () => {
  it.for<unknown>([
    said(`Bad ${ADDRESS} ${KEY.repeat(10)}`),
    answer('rejected', { reject_reason: `<${ADDRESS}>` }),
  ])('A cause has nothing in it that could be an address, and is short', (outcome) => {
    const delivery = deliveryOf(outcome);
    expect(delivery).toMatchObject({ failure: { cause: expect.stringMatching(/^[\w-]{1,60}$/) } });
  });

  it.for<unknown>([
    new ClientError('ECONNABORTED'),
    new ClientError(),
    said('GeneralError'),
    new ClientError('ERR_BAD_RESPONSE', { status: 502, data: `${KEY} ${ADDRESS}` }),
    answer('invalid'),
  ])('A cause tells nothing of the request', (outcome) => {
    const text = JSON.stringify(deliveryOf(outcome));
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(ADDRESS);
  });
});
