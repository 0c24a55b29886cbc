import fc from 'fast-check';
import type { JsonSchema } from '../../functions/contract/json-schema.ts';
import { anyText } from './any-text.ts';
import { type Steps, valueAt } from './places.ts';

/** Values near those that parameters take: a little inside of their bounds, on them, a little outside, and of other types. */

const BOUNDS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'];

/** What is said of a value at one place, but not of those within it. */
const boundsOf = (schema: JsonSchema): number[] =>
  Object.entries(schema).flatMap(([keyword, value]) => {
    if (BOUNDS.includes(keyword)) return [Number(value) - 1, Number(value), Number(value) + 1];
    return ['then', 'else'].includes(keyword) ? boundsOf(value as JsonSchema) : [];
  });

/** The schemas of what is at a place within parameters: of alternatives, all that have such a place. */
const schemasAt = (schema: JsonSchema, steps: Steps): JsonSchema[] => {
  const [step, ...rest] = steps;
  const {
    properties = {},
    items,
    oneOf,
  } = schema as {
    properties?: Record<string, JsonSchema>;
    items?: JsonSchema;
    oneOf?: JsonSchema[];
  };
  if (oneOf !== undefined) return oneOf.flatMap((each) => schemasAt(each, steps));
  if (step === undefined) return [schema];
  const within = typeof step === 'number' ? items : properties[step];
  return within === undefined ? [] : schemasAt(within, rest);
};

const padded = (max: number, digits: number) =>
  fc.integer({ min: 0, max }).map((number) => String(number).padStart(digits, '0'));

/** Days around the ends of months and of years, some of which there are. */
const days = fc
  .tuple(
    fc.constantFrom('0000', '0001', '1899', '1999', '2000', '2023', '2024', '2100', '2400', '9999', '10000'),
    padded(13, 2),
    fc.oneof(padded(2, 2), fc.constantFrom('15', '28', '29', '30', '31', '32')),
  )
  .map((parts) => parts.join('-'));

const times = fc
  .tuple(
    days,
    fc.constantFrom('T', 't', ' ', ''),
    fc.constantFrom('00:00', '09:30', '23:59', '24:00', '9:30', '09:60'),
    fc.constantFrom('', ':00', ':59', ':60', ':61', ':00.1', ':59.123456789', ':00.', ':60.5'),
    fc.constantFrom('Z', 'z', '', '+01:00', '-23:59', '+24:00', '+0100', '+01', '-00:00'),
  )
  .map((parts) => parts.join(''));

const labels = fc.oneof(
  fc.constantFrom(
    'example',
    'a',
    '-a',
    'a-',
    'ex--ample',
    'xn--bcher-kva',
    'xn--a',
    'bücher',
    'x'.repeat(63),
  ),
  fc.constantFrom('x'.repeat(64), '', '例え', '１', 'a_b', 'a%62', 'K', '\u00ad', '\u0300'),
);
const locals = fc.constantFrom(
  ...['ada', 'a.b', '.a', 'a..b', 'a.', 'a+b', "o'neil", 'x'.repeat(64), 'x'.repeat(65), ''],
  ...['é', 'a b', 'a@b', '"a"', '{}', 'a/b', 'a-b', 'a\\b'],
);
const domains = fc
  .tuple(
    fc.array(labels, { maxLength: 4 }),
    fc.constantFrom('com', 'c', 'COM', 'co1', '1', 'xn--p1ai', 'рф', 'x'.repeat(63), 'x'.repeat(64), ''),
  )
  .map(([inner, last]) => [...inner, last].join('.'));
const addresses = fc.oneof(
  locals.map((local) => `${local}@example.com`),
  domains.map((domain) => `ada@${domain}`),
  fc.tuple(locals, domains).map((parts) => parts.join('@')),
);

const UNITS = [
  'x',
  'é',
  '😀',
  ' ',
  '\u3164',
  '\n',
  '\u202e',
  '\u200d',
  '\ufdfa',
  '\ud800',
  '\udc00',
  '\u2800',
  '\u{e000}',
];

const ODD = ['7', '-0', '0', '007', '1.0', '1e3', '99999999999999999999', 'true', 'null', 'open'];

const texts = (bounds: readonly number[]) => {
  const lengths = [0, 1, 2, ...bounds.filter((bound) => bound >= 0 && bound < 20_000)];
  const plain = fc.constantFrom(...lengths).map((length) => 'x'.repeat(length));
  // Of one character but for the last, which may be a unit of its own.
  const lengthy = fc
    .tuple(fc.constantFrom(...UNITS), fc.constantFrom(...lengths), fc.constantFrom('', 'x', ...UNITS))
    .map(([unit, length, last]) => `${unit.repeat(Math.max(0, length - [...last].length))}${last}`);
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 4, arbitrary: lengthy },
    { weight: 1, arbitrary: anyText({ maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: days },
    { weight: 2, arbitrary: times },
    { weight: 2, arbitrary: addresses },
  );
};

const numbers = (bounds: readonly number[]) =>
  fc.oneof(
    fc.constantFrom(-1, -0, 0, 1, 2, 1.5, 2 ** 53 - 1, 2 ** 53, 1e300, -(2 ** 53), ...bounds),
    fc.double({ noNaN: true }),
    fc.maxSafeInteger(),
  );

/** The list with fewer elements or more, all of which are its own. */
const lists = (list: readonly unknown[], bounds: readonly number[]) =>
  fc
    .constantFrom(0, 1, 2, ...bounds.filter((bound) => bound >= 0 && bound < 1_000))
    .map((length) => Array.from({ length }, (_, index) => list[index % list.length]));

const objects = (object: object) =>
  fc.constantFrom(
    { ...object, colour: 'red' },
    { ...object, [Object.keys(object)[0] ?? '']: null },
    Object.fromEntries(Object.entries(object).slice(1)),
    {},
  );

/**
 * Values near the sound one at a place within parameters.
 *
 * @param schema that of the parameters
 */
export const near = (params: object, steps: Steps, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const sound = valueAt(params, steps);
  const bounds = schemasAt(schema, steps).flatMap(boundsOf);
  const others = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, true, false, '', 0, [], {}, [null], { length: 1 }),
    fc.jsonValue(),
  );
  const likely = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(sound)) return lists(sound, bounds);
    if (typeof sound === 'string') return texts(bounds);
    if (typeof sound === 'number') return numbers(bounds);
    return typeof sound === 'object' && sound !== null ? objects(sound) : fc.boolean();
  };
  return fc.oneof({ weight: 5, arbitrary: likely() }, { weight: 1, arbitrary: others });
};

/** Texts near those that a query string takes at a place. */
export const nearInQuery = (steps: Steps, schema: JsonSchema): fc.Arbitrary<unknown> => {
  const bounds = schemasAt(schema, steps).flatMap(boundsOf);
  return fc.oneof(texts(bounds), numbers(bounds).map(String), fc.constant(undefined));
};
