import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readParams } from '../../functions/contract/read-params.ts';
import { catalogue } from '../../functions/routes/catalogue.ts';
import { placesIn, valueAt, withValue } from '../support/places.ts';
import { soundParams } from '../support/sound-params.ts';

const wrongValues = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, true, 0, -0, -1, 1.5, 2 ** 53, -(2 ** 53), 1e300, Number.POSITIVE_INFINITY],
      ...['', ' ', '-0', '0', '99999999999999999999', 'x'.repeat(11_000), '\ud800', '\n', '\u202e'],
      ...[`\ud800${'x'.repeat(11_000)}`, '\n'.repeat(300), '1990-01-01T00:00Z', '\u3164'.repeat(300)],
      ...[[], [[]], [null], Array(101).fill(0), {}, { length: 500 }, { length: 0 }],
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);
/** In a query string all values are text. A comma may part several of them, each with a mistake of its own. */
const inQuery = wrongValues.map((value) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(',', ';'),
);

const routes = catalogue.map((route) => ({
  path: route.path,
  route,
  given: soundParams[route.path],
  places: placesIn(soundParams[route.path]),
  read: (raw: object) => readParams(route.params, raw as Record<string, unknown>),
}));

it.each(routes)('The route $path takes parameters that are sound, which here are all that it has', (each) => {
  const { route, given, read } = each;
  expect(read(given).faults).toEqual([]);
  expect(Object.keys(given).sort()).toEqual(Object.keys(route.params.shape).sort());
});

it.each(routes.filter(({ places }) => places.length > 0))(
  'The route $path finds one fault in a parameter that is wrong',
  ({ route, given, places, read }) => {
    const wrong = route.method === 'GET' ? inQuery : wrongValues;
    fc.assert(
      fc.property(fc.constantFrom(...places), wrong, (steps, value) => {
        const params = read(withValue(given, steps, value)).faults.map(({ param }) => param);
        expect(new Set(params).size).toBe(params.length);
        if (typeof value !== 'object' || value === null) expect(params.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  },
);

const numbersIn = ({ given, places }: (typeof routes)[number]) =>
  places.filter((steps) => typeof valueAt(given, steps) === 'number');

it.each(routes.filter((each) => numbersIn(each).length > 0))('The route $path takes -0 for 0', (each) => {
  const { given, read } = each;
  for (const steps of numbersIn(each)) {
    const [zero, minus] = [0, -0].map((value) => read(withValue(given, steps, value)));
    expect(minus?.faults).toEqual(zero?.faults);
    // `toEqual` tells -0 from 0.
    expect(minus?.sound).toEqual(zero?.sound);
  }
});
