import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParams } from '../../functions/contract/read-params.ts';
import { updateOrder } from '../../functions/routes/orders/orders/update/route.ts';
import { changesOf, orders } from '../support/orders.ts';

type Raw = Record<string, unknown>;

const { params: schema } = updateOrder;
const errorsOf = (raw: Raw) => readParams(schema, raw).refusal().details.errors ?? [];

const names = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(schema.shape)) },
  { weight: 3, arbitrary: fc.constantFrom('line_item_id', 'name', 'quantity', 'completed_date', 'appt_id') },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'token') },
  { weight: 1, arbitrary: fc.string({ minLength: 1 }) },
);

/** JSON in which the route's parameters come up at every depth, with what they should hold and with anything else. */
const { object: junk } = fc.letrec<{ value: unknown; object: Raw }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, 1, 1.5, -1e300, 1e300, '', '7', '2026-11-02', '\ud800'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(names, tie('value'), { maxKeys: 5 }),
}));

const soundParams: fc.Arbitrary<Raw> = orders.chain((order) =>
  changesOf(order).map((changes) => ({ order_id: order.order_id, ...changes })),
);

/** As they would come out of a body: `__proto__` is a property like any other. */
const asSent = (raw: fc.Arbitrary<Raw>) => raw.map((value) => JSON.parse(JSON.stringify(value)) as Raw);

const anyParams = asSent(
  fc.oneof(
    soundParams,
    junk,
    fc.tuple(soundParams, junk).map(([sound, more]) => ({ ...sound, ...more })),
  ),
);

/** Whether one value has nothing but what another has in the same place; a list may lack elements, but none moves. */
const isPartOf = (part: unknown, whole: unknown): boolean => {
  if (part === undefined) return true;
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(part) !== Array.isArray(whole))
    return false;
  if (Array.isArray(part) && part.length !== (whole as unknown[]).length) return false;
  return Object.entries(part).every(([name, inner]) => isPartOf(inner, (whole as Raw)[name]));
};

/** What a path in a fault's words, as `line_items[2].name`, leads to. */
const valueAt = (value: unknown, param: string): unknown =>
  param
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>(
      (inner, step) => (Object.hasOwn(Object(inner), step) ? (inner as Raw)[step] : undefined),
      value,
    );

describe('readParams', () => {
  it('Parameters that the schema takes are complete as exactly that', () => {
    fc.assert(
      fc.property(asSent(soundParams), (raw) => {
        const reading = readParams(schema, raw);
        expect(reading.complete()).toEqual(raw);
        expect(reading.sound).toEqual(raw);
      }),
    );
  });

  it('Reading never throws, and completes with the input or refuses with faults that name a parameter', () => {
    fc.assert(
      fc.property(anyParams, (raw) => {
        const faults = errorsOf(raw);
        for (const { param, code, message } of faults) {
          expect(param).not.toBe('');
          expect(code).toMatch(/^[a-z-]+$/);
          expect(message.startsWith(`${param} `)).toBe(true);
        }
        const complete = () => readParams(schema, raw).complete();
        if (faults.length === 0) {
          expect(complete()).toEqual(raw);
        } else {
          const isMissing = faults.some(({ code }) => code === 'missing');
          const status = isMissing ? 'missing-param' : 'invalid-param';
          expect(complete).toThrow(expect.objectContaining({ status }));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('Of what was sent, a parameter without a fault is kept, and of the others nothing that is faulty or was not sent', () => {
    fc.assert(
      fc.property(anyParams, (raw) => {
        const sound: Raw = readParams(schema, raw).sound;
        const faults = errorsOf(raw);
        for (const name of Object.keys(schema.shape)) {
          const ofIt = faults.filter(({ param }) => param.split(/[.[]/)[0] === name);
          if (ofIt.length === 0) {
            expect(sound[name]).toEqual(Object.hasOwn(raw, name) ? raw[name] : undefined);
          } else {
            expect(isPartOf(sound[name], raw[name])).toBe(true);
            for (const { param } of ofIt) expect(valueAt(sound, param)).toBeUndefined();
          }
        }
      }),
    );
  });

  it('There are no more faults than the parameters have characters', () => {
    fc.assert(
      fc.property(anyParams, (raw) => {
        expect(errorsOf(raw).length).toBeLessThanOrEqual(JSON.stringify(raw).length + 1);
      }),
    );
  });

  it.each(['notes', 'order_id', 'line_items', 'appointment', 'unknown'])(
    'Nesting that is deeper than the stack is refused in %s',
    (name) => {
      const nested = `${'['.repeat(125_000)}${']'.repeat(125_000)}`;
      expect(errorsOf(JSON.parse(`{"${name}":${nested}}`))[0]?.param).toBeDefined();
      expect(errorsOf(JSON.parse(`{"${name}":{"${name}":${nested}}}`))[0]?.param).toBeDefined();
    },
  );
});

describe('the faults of the largest body', () => {
  const LARGEST_BODY = 256 * 1024;
  /** What Lambda takes as a response, in bytes. */
  const LARGEST_RESPONSE = 6 * 1024 * 1024;

  const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
  /** As many members as fit, of the shortest names that there are. */
  const members = (bytes: number): string => {
    const all: string[] = [];
    for (let left = bytes, code = 0x23; left > 8; code += code === 0x5b ? 2 : 1) {
      const member = `"${String.fromCharCode(code)}":0`;
      all.push(member);
      left -= Buffer.byteLength(member) + 1;
    }
    return all.join(',');
  };

  it.each([
    ['unknown parameters', `{${members(LARGEST_BODY - 2)}}`],
    ['unknown parameters one level down', `{"appointment":{${members(LARGEST_BODY - 20)}}}`],
    [
      'unknown parameters of every line item',
      `{"line_items":[${Array(100)
        .fill(`{${members((LARGEST_BODY - 20) / 100 - 3)}}`)
        .join(',')}]}`,
    ],
    ['one name as long as it can be', `{"${'x'.repeat(LARGEST_BODY - 6)}":0}`],
    ['elements that are none', `{"line_items":[${Array(LARGEST_BODY / 2 - 10).fill(0)}]}`],
    ['empty elements', `{"line_items":[${Array(100).fill('{}')}]}`],
  ])('The faults of the largest body fit into a response: %s', (_, body) => {
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(LARGEST_BODY);
    expect(bytesOf(errorsOf(JSON.parse(body)))).toBeLessThan(LARGEST_RESPONSE);
  });
});
