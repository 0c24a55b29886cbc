import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonSchema } from '../../../functions/contract/json-schema.ts';
import { readParams } from '../../../functions/contract/read-params.ts';
import { jsonSchemaOf } from '../../../functions/documents/reference/json-schema.ts';
import { findToken } from '../../../functions/pipeline/find-token.ts';
import { catalogue } from '../../../functions/routes/catalogue.ts';
import { openApi } from '../../../infra/constructs/reference-documents.ts';
import { aRequest, judge } from '../../support/exchange.ts';
import { near, nearInQuery } from '../../support/near.ts';
import { placesIn, withValue } from '../../support/places.ts';
import { soundParams } from '../../support/sound-params.ts';

/** That the rules which judge parameters, and the JSON Schema that is stated beside each, accept and refuse the same. */

const ajv = new Ajv2020({ strict: true, strictRequired: false });

/** What each route takes that has parameters at all. */
const routes = catalogue
  .map((route) => ({ route, path: route.path, given: soundParams[route.path] as Record<string, unknown> }))
  .filter(({ given }) => Object.keys(given).length > 0)
  .map((each) => ({ ...each, schema: jsonSchemaOf(each.route.params, 'input') }));

/** The parameters of a query string as whoever sends them means them: whole numbers are written in one way. */
const meant = (query: Record<string, unknown>, schema: JsonSchema): Record<string, unknown> => {
  const properties = schema.properties as Record<string, { type?: string }>;
  const read = (name: string, text: unknown) =>
    properties[name]?.type === 'integer' && /^-?(0|[1-9]\d*)$/.test(String(text)) ? Number(text) : text;
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, read(name, text)]));
};

/**
 * What no pattern can tell, by the name of a parameter. There the schema may accept what the rule refuses, and never the other way
 * round: leap seconds and the first and last hours of all years, domains that are not in plain ASCII, how long a password is when it
 * is normalised, and of several ids in one text whether one is given twice or is 2^53 or more.
 */
const NOT_IN_ASCII = /[^\0-\x7f]/;
const TIME = /:60|^(0000-01-01|1999-12-31|2000-01-01|9999-12-31)/;
const BEYOND_PATTERNS: Record<string, RegExp> = {
  scheduled_for: TIME,
  updated_since: TIME,
  completed_date: TIME,
  email: /@.*(xn--|[^\0-\x7f])/i,
  password: NOT_IN_ASCII,
  order_ids: /,|^\d{16}$/,
};

it.each(routes)('The rules of $path and its schema agree', ({ route, given, schema }) => {
  const validate = ajv.compile(schema);
  const isQuery = route.method === 'GET';
  const accepts = (params: Record<string, unknown>) => readParams(route.params, params).faults.length === 0;
  expect([accepts(given), validate(isQuery ? meant(given, schema) : given)]).toEqual([true, true]);

  for (const steps of [...placesIn(given), ['colour']]) {
    const values = isQuery ? nearInQuery(steps, schema) : near(given, steps, schema);
    const beyond = BEYOND_PATTERNS[String(steps.at(-1))];
    fc.assert(
      fc.property(values, (value) => {
        const params = withValue(given, steps, value);
        const byRules = accepts(params);
        const bySchema = validate(isQuery ? meant(params, schema) : params);
        if (bySchema && beyond?.test(String(value))) return;
        expect({ steps, value, accepted: bySchema }).toEqual({ steps, value, accepted: byRules });
      }),
      { numRuns: 200 },
    );
  }
});

/** The bodies that take a token, each with its schema. */
const bodiesWithToken = Object.entries(openApi().paths).flatMap(([path, methods]) => {
  const { post } = methods as { post?: { requestBody: { content: Record<string, { schema: BodySchema }> } } };
  const schema = post?.requestBody.content['application/json']?.schema;
  const token = (schema?.contentSchema ?? schema)?.properties?.token;
  return token === undefined ? [] : [{ path, token }];
});
interface BodySchema {
  properties?: Record<string, JsonSchema>;
  contentSchema?: BodySchema;
}

it.each(bodiesWithToken)('$path: what the schema takes as the token may be one', async ({ token }) => {
  const validate = ajv.compile(token);
  const authorization = 'Bearer ses_1';
  const values = ['ses_1', null, 7, true, {}, ['ses_1']];
  const taken = await Promise.all(
    values.map(async (each) => {
      const raw = { token: each };
      const { tokenFaults } = await judge(findToken, aRequest({ headers: { authorization } }, { raw }));
      return tokenFaults.length === 0;
    }),
  );
  expect(values.map((value) => validate(value))).toEqual(taken);
});
