import { expect, it } from 'vitest';
import { readQuery } from '../../functions/pipeline/read-query.ts';
import { aRequest, judge } from '../support/exchange.ts';

it('The parameters of a GET are those of the query string', async () => {
  const { raw } = await judge(readQuery, aRequest({ query: { limit: '5', cursor: '' } }));
  expect(raw).toEqual({ limit: '5', cursor: '' });
});

it('A GET has no parameters where there is no query string', async () => {
  expect((await judge(readQuery, aRequest())).raw).toEqual({});
});
