import { describe, expect, it } from 'vitest';
import { viewOf } from '../../functions/accounts/session.ts';
import { worded } from '../../functions/pipeline/words.ts';
import { echoRoute } from '../support/echo-route.ts';
import { aSession } from '../support/sessions.ts';

describe('an answer in the words in which it goes out', () => {
  it('An answer has its status, a sentence about it, its data as JSON and the session', () => {
    const session = viewOf({ session: aSession(), token: 'ses_1' });
    expect(worded(echoRoute, 'action-successful', { data: { number: 7, words: 'é' }, session })).toEqual({
      status: 'action-successful',
      message: 'Done.',
      data_json: '{"number":7,"words":"é"}',
      session,
    });
  });

  it('An answer without data and session says nothing of them', () => {
    const { data_json, session, message } = worded(echoRoute, 'invalid-token');
    expect([data_json, session]).toEqual([undefined, undefined]);
    expect(message).toMatch(/token/);
  });

  it.each([{ number: '7' }, { number: 7, secret: 'x' }, {}, null])(
    'Data that do not fit the route never become an answer: %j',
    (data) => {
      expect(() => worded(echoRoute, 'action-successful', { data })).toThrow();
    },
  );

  it('Where there is no route there are no data', () => {
    expect(worded(undefined, 'route-non-existent', { data: { secret: 'x' } }).data_json).toBeUndefined();
  });
});
