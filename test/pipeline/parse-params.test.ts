import { describe, expect, it } from 'vitest';
import { parseParams } from '../../functions/pipeline/parse-params.ts';
import { echoRoute } from '../support/echo-route.ts';
import type { Given } from '../support/events.ts';
import { aRequest, judge } from '../support/exchange.ts';

const parsed = async (raw: Record<string, unknown>, given: Given = {}) => {
  const { params } = await judge(parseParams(echoRoute), aRequest(given, { raw }));
  if (params === undefined) throw new Error('nothing was parsed');
  return params;
};
const complete = async (...args: Parameters<typeof parsed>) => (await parsed(...args)).complete();

it('Parameters that fit the schema are complete', async () => {
  expect(await complete({ number: 7, words: 'héllo' })).toEqual({ number: 7, words: 'héllo' });
});

it('What is wrong with parameters waits until they are asked for', async () => {
  const params = await parsed({ number: '7', words: 'hello' });
  expect(params.sound).toEqual({ number: undefined, words: 'hello' });
  expect(() => params.complete()).toThrowError(
    expect.objectContaining({
      status: 'invalid-param',
      details: { errors: [expect.objectContaining({ code: 'type' })] },
    }),
  );
});

describe('a refusal', () => {
  it.each([
    [{}, {}, 'missing-param', ['number missing']],
    [{ number: null }, {}, 'missing-param', ['number missing']],
    [{ words: 'too long' }, {}, 'missing-param', ['number missing', 'words too-long']],
    [{ number: 7, word: 'x' }, {}, 'invalid-param', ['word unknown']],
    [{ number: 7, words: null }, {}, 'invalid-param', ['words type']],
    [JSON.parse('{"number":7,"__proto__":{}}'), {}, 'invalid-param', ['__proto__ unknown']],
    [
      { number: 7 },
      { query: { words: 'x', trace: '' } },
      'invalid-param',
      ['words unknown', 'trace unknown'],
    ],
    [
      { number: 7 },
      { query: { '': '1', ['x'.repeat(101)]: '1' } },
      'invalid-param',
      ['"" unknown', `${'x'.repeat(100)}… unknown`],
    ],
    [{ number: '7' }, { query: { trace: '1' } }, 'invalid-param', ['number type', 'trace unknown']],
    [{}, { query: { trace: '1' } }, 'missing-param', ['number missing', 'trace unknown']],
  ])('A refusal of %j and %j lists every fault', async (raw, given, status, faults) => {
    const refused = await complete(raw, given).catch((reason: unknown) => reason);
    expect(refused).toMatchObject({ status });
    const { errors } = (refused as { details: { errors: { param: string; code: string }[] } }).details;
    expect(errors.map(({ param, code }) => `${param} ${code}`).sort()).toEqual([...faults].sort());
  });
});

it('A token in the query string is left to be judged as a token', async () => {
  expect(await complete({ number: 7 }, { query: { token: 'ses_1' } })).toEqual({ number: 7 });
});
