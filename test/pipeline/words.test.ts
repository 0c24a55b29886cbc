import { describe, expect, it } from 'vitest';
import { viewOf } from '../../functions/accounts/session.ts';
import { worded } from '../../functions/pipeline/words.ts';
import { aSession } from '../support/sessions.ts';

describe('an answer in the words in which it goes out', () => {
  it('An answer has its status, a sentence about it, its data as JSON and the session', () => {
    const session = viewOf({ session: aSession(), token: 'ses_1' });
    expect(worded('action-successful', { data: { number: 7, words: 'é' }, session })).toEqual({
      status: 'action-successful',
      message: 'Done.',
      data_json: '{"number":7,"words":"é"}',
      session,
    });
  });

  it('An answer without data and session says nothing of them', () => {
    const { data_json, session, message } = worded('invalid-token');
    expect([data_json, session]).toEqual([undefined, undefined]);
    expect(message).toMatch(/token/);
  });
});
