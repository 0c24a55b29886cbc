import { expect, it } from 'vitest';
import { contentType } from '../../functions/pipeline/content-type.ts';
import { aRequest, judge } from '../support/exchange.ts';

const judged = (type: string | undefined) =>
  judge(contentType, aRequest({ headers: { 'content-type': type } }));

it.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json ; charset="utf-8"',
  'application/json; version=1; charset=Utf-8',
  'application/json; profile="a;b"',
  'application/json; profile="charset=latin1; \\"charset=x"; charset=utf-8',
  'application/json;',
])('The content type %s is taken', async (type) => {
  await expect(judged(type)).resolves.toBeDefined();
});

it.each([
  undefined,
  '',
  'json',
  'text/plain',
  'text/json',
  'application/json+ld',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json, text/plain',
  'text/plain; type=application/json',
  'application/json; charset=iso-8859-1',
  'application/json; charset=utf-16',
  'application/json; charset=',
  'application/json; charset="utf-8"; charset=latin1',
  'application/json; charset=utf-8; Charset=utf-8',
  'application/json; charset="utf-8; charset=latin1',
  'application/json; charset; charset=utf-8',
  'application/json; version=1; charset=utf-8; version=2',
  'application/json, application/json',
])('The content type %s is refused', async (type) => {
  await expect(judged(type)).rejects.toMatchObject({ name: 'Refused', status: 'invalid-content-type' });
});
