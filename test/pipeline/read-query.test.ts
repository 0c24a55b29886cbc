import { expect, it } from 'vitest';
import { readQuery } from '../../functions/pipeline/read-query.ts';
import { aRequest, judge } from '../support/exchange.ts';

it('takes the parameters of the query string', async () => {
  const { raw } = await judge(readQuery, aRequest({ query: { limit: '5', cursor: '' } }));
  expect(raw).toEqual({ limit: '5', cursor: '' });
});

it('takes none where there is none', async () => {
  expect((await judge(readQuery, aRequest())).raw).toEqual({});
});
