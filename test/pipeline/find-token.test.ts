import { describe, expect, it } from 'vitest';
import { findToken } from '../../functions/pipeline/find-token.ts';
import type { Given } from '../support/events.ts';
import { aRequest, judge } from '../support/exchange.ts';

/** What is found of a request whose decoded parameters are these. */
const found = (raw: Record<string, unknown>, given: Given = {}) => judge(findToken, aRequest(given, { raw }));
const header = (authorization: string): Given => ({ headers: { authorization } });

describe('a token', () => {
  it('A token is found in the header', async () => {
    const { token, tokenFaults, raw } = await found({ a: 1 }, header('Bearer ses_1'));
    expect({ token, tokenFaults, raw }).toEqual({ token: 'ses_1', tokenFaults: [], raw: { a: 1 } });
  });

  it('A token is found in the body, and is no parameter from then on', async () => {
    const { token, tokenFaults, raw } = await found({ token: 'ses_1', a: 1 });
    expect({ token, tokenFaults, raw }).toEqual({ token: 'ses_1', tokenFaults: [], raw: { a: 1 } });
  });

  it('A token may be in both if it is the same', async () => {
    const { token, tokenFaults } = await found({ token: 'ses_1' }, header('bearer  ses_1'));
    expect({ token, tokenFaults }).toEqual({ token: 'ses_1', tokenFaults: [] });
  });

  it.each([
    ['of the parameter null', { token: null }],
    ['without it', {}],
  ])('A token is found in the header %s', async (_, raw) => {
    expect(await found(raw, header('Bearer ses_1'))).toMatchObject({ token: 'ses_1', tokenFaults: [] });
  });

  it.each([
    ...['Bearer', 'Bearer ', 'bearer a b', 'Bearer\tses_1', 'Bearer ses_1, Bearer ses_1', 'Bearer,'],
    ...['Basic c2VzXzE=', 'ses_1', ''],
  ])('A token that can be known is not found in the header %j', async (authorization) => {
    expect(await found({ a: 1 }, header(authorization))).toMatchObject({ token: '', tokenFaults: [] });
  });

  it.each(['Basic c2VzXzE=', 'Basic Bearer ses_2', 'Bearer-like ses_2', 'ses_2', ''])(
    'A token in the body is not contradicted by the header %j, which is for somebody else',
    async (authorization) => {
      const { token, tokenFaults } = await found({ token: 'ses_1' }, header(authorization));
      expect({ token, tokenFaults }).toEqual({ token: 'ses_1', tokenFaults: [] });
    },
  );

  it.each([7, true, {}, ['ses_1']])(
    'A token that can be known is not found as the parameter %j',
    async (token) => {
      expect(await found({ token })).toMatchObject({ token: '', tokenFaults: [] });
    },
  );
});

describe('it is a fault', () => {
  it.each([{}, { token: null }])('It is a fault that there is no token in %j', async (raw) => {
    const { token, tokenFaults } = await found(raw);
    expect(token).toBeUndefined();
    expect(tokenFaults).toMatchObject([{ param: 'token', code: 'missing' }]);
  });

  it('It is a fault that a malformed header contradicts the body', async () => {
    const { tokenFaults } = await found({ token: 'ses_1' }, header('Bearer ses_1 ses_1'));
    expect(tokenFaults).toMatchObject([{ param: 'token', code: 'conflicting' }]);
  });

  it.each(['ses_2', '', 7])(
    'It is a fault that the header has another token than the parameter %j',
    async (token) => {
      const { tokenFaults } = await found({ token }, header('Bearer ses_1'));
      expect(tokenFaults).toMatchObject([{ param: 'token', code: 'conflicting' }]);
    },
  );

  it.each([
    ['alone', {}, {}],
    ['with the same in the header', {}, header('Bearer ses_1')],
    ['with the same in the body', { token: 'ses_1' }, {}],
  ])('It is a fault that the token is in the query string, %s', async (_, raw, given) => {
    const { tokenFaults } = await found(raw, { ...given, query: { token: 'ses_1' } });
    expect(tokenFaults).toMatchObject([{ param: 'token', code: 'in-query' }]);
    expect(JSON.stringify(tokenFaults)).not.toContain('ses_1');
  });

  it('It is a fault that the query string has an empty token', async () => {
    const { tokenFaults } = await found({ token: 'ses_1' }, { query: { token: '' } });
    expect(tokenFaults).toMatchObject([{ code: 'in-query' }]);
  });
});
