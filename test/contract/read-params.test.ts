import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Fault, fault, missing } from '../../functions/contract/faults.ts';
import { byKey, list, oneLine, queryId, text, time } from '../../functions/contract/params.ts';
import { readParams } from '../../functions/contract/read-params.ts';
import { Refused } from '../../functions/contract/refused.ts';

const item = byKey(
  'id',
  z.strictObject({ id: z.int() }),
  z.strictObject({ name: oneLine(5), size: z.int() }),
);
const schema = z.strictObject({
  count: z.int(),
  kind: z.enum(['big', 'small']),
  note: z.optional(text(5)),
  items: z.optional(list(item, 3)),
  place: z.optional(z.strictObject({ street: text(5), flag: z.optional(z.boolean()) })),
});
const least = { count: 1, kind: 'big' } as const;

const refusalOf = (raw: Record<string, unknown>) => {
  const { status, details } = readParams(schema, raw).refusal();
  return { status, faults: details.errors?.map(({ param, code }) => `${param} ${code}`) };
};
const faultsOf = (given: Record<string, unknown>) => refusalOf({ ...least, ...given }).faults;

describe('parameters without a fault', () => {
  const all = {
    ...least,
    note: 'five!',
    items: [{ id: 2 }, { name: 'x', size: 3 }],
    place: { street: '', flag: false },
  };

  it.each([least, all])('Parameters without a fault are complete as they are', (raw) => {
    const reading = readParams(schema, raw);
    expect(reading.complete()).toEqual(raw);
    expect(reading.sound).toEqual(raw);
  });

  it('Parameters are not complete for what is added by the route', () => {
    const added = fault('note', 'blank', 'is rude');
    const complete = () => readParams(schema, least).complete([added], { seen: 1 });
    expect(complete).toThrow(
      expect.objectContaining({ status: 'invalid-param', details: { errors: [added], data: { seen: 1 } } }),
    );
    expect(complete).toThrow(Refused);
  });

  it('Parameters are not complete for a fault that is known already', () => {
    const stray = fault('count', 'unknown', 'is not a parameter of the query string');
    const reading = readParams(schema, least, [stray]);
    expect(() => reading.complete()).toThrow(expect.objectContaining({ details: { errors: [stray] } }));
    expect(reading.sound).toEqual(least);
  });
});

describe('a missing parameter', () => {
  it('A missing parameter is absent or null', () => {
    const expected = { status: 'missing-param', faults: ['count missing', 'kind missing'] };
    expect(refusalOf({})).toEqual(expected);
    expect(refusalOf({ count: null, kind: null })).toEqual(expected);
  });

  it('A missing parameter counts at any depth', () => {
    expect(faultsOf({ place: {} })).toEqual(['place.street missing']);
    expect(faultsOf({ place: { street: null } })).toEqual(['place.street missing']);
    expect(faultsOf({ items: [{ id: 1 }, { size: 2 }] })).toEqual(['items[1].name missing']);
    expect(faultsOf({ items: [{ name: null, size: 2 }] })).toEqual(['items[0].name missing']);
  });

  it('A missing parameter is null as well where only a rule of the route requires it', () => {
    const refuse = (note: unknown, ...more: Fault[]) => {
      const { status, details } = readParams(schema, { ...least, note }).refusal(more);
      return { status, errors: details.errors };
    };
    expect(refuse(null, missing('note'))).toEqual({ status: 'missing-param', errors: [missing('note')] });
    expect(refuse(null)).toMatchObject({ status: 'invalid-param', errors: [{ code: 'type' }] });
    expect(refuse(null, fault('note', 'blank', 'is rude'))).toEqual(refuse(null));
    expect(refuse(7, missing('note'))).toEqual(refuse(7));
  });

  it('A missing parameter that a rule requires does not hide that it is in the query string', () => {
    const stray = fault('note', 'unknown', 'is not a parameter of the query string');
    const { details } = readParams(schema, { ...least, note: null }, [stray]).refusal([missing('note')]);
    expect(details.errors).toEqual([missing('note'), stray]);
  });

  it('A parameter is given, be it with a fault, unless it is absent or null', () => {
    const { isGiven } = readParams(schema, { count: 'x', kind: 'big', note: null, items: [] });
    expect((['count', 'kind', 'note', 'items', 'place'] as const).map((name) => isGiven(name))).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('A missing parameter outranks an invalid one, and both are listed', () => {
    expect(refusalOf({ kind: 'big', note: 7 })).toEqual({
      status: 'missing-param',
      faults: ['count missing', 'note type'],
    });
  });

  it('A missing parameter does not hide an unknown one whose name reads like its path', () => {
    expect(faultsOf({ place: {}, 'place.street': 'x' })).toEqual([
      'place.street missing',
      'place.street unknown',
    ]);
  });
});

describe('an optional parameter that is null', () => {
  it('An optional parameter that is null has the wrong type', () => {
    expect(refusalOf({ ...least, note: null, items: null, place: { street: '', flag: null } })).toEqual({
      status: 'invalid-param',
      faults: ['note type', 'items type', 'place.flag type'],
    });
  });
});

describe('an unknown parameter', () => {
  it.each([
    [{ nope: 1 }, 'nope'],
    [{ nope: null }, 'nope'],
    [{ place: { street: '', nope: 1 } }, 'place.nope'],
    [{ items: [{ id: 1 }, { id: 2, nope: 1 }] }, 'items[1].nope'],
    [{ items: [{ name: 'x', size: 1, nope: 1 }] }, 'items[0].nope'],
    [{ constructor: 1 }, 'constructor'],
    [JSON.parse('{"__proto__": {"note": "x"}}'), '__proto__'],
    [JSON.parse('{"place": {"street": "", "__proto__": {}}}'), 'place.__proto__'],
    [JSON.parse('{"items": [{"id": 1, "__proto__": null}]}'), 'items[0].__proto__'],
  ])('An unknown parameter is a fault: %j', (given, param) => {
    const raw = Object.defineProperties({ ...least }, Object.getOwnPropertyDescriptors(given));
    expect(refusalOf(raw)).toEqual({ status: 'invalid-param', faults: [`${param} unknown`] });
  });
});

describe('types', () => {
  it.each([
    [{ count: '7' }, 'count'],
    [{ count: 1.5 }, 'count'],
    [{ count: true }, 'count'],
    [{ count: [1] }, 'count'],
    [{ note: 7 }, 'note'],
    [{ items: {} }, 'items'],
    [{ items: [[]] }, 'items[0]'],
    [{ items: [null] }, 'items[0]'],
    [{ place: [] }, 'place'],
    [{ place: { street: '', flag: 'true' } }, 'place.flag'],
  ])('Types are strict: %j', (given, param) => {
    expect(faultsOf(given)).toEqual([`${param} type`]);
  });

  it('Types hold for numbers of which there is no end', () => {
    expect(faultsOf(JSON.parse('{"count": 1e400}'))).toEqual(['count too-large']);
    expect(faultsOf(JSON.parse('{"count": -1e400}'))).toEqual(['count too-small']);
    const query = z.strictObject({ order_id: queryId });
    const { errors } = readParams(query, { order_id: '9'.repeat(400) }).refusal().details;
    expect(errors).toMatchObject([{ param: 'order_id', code: 'too-large' }]);
  });

  it('Types are told in words that a client knows', () => {
    const errors = readParams(schema, { count: '7', kind: 'huge', note: {}, items: 1, place: 1 }).refusal()
      .details.errors;
    expect(errors?.map(({ message }) => message)).toEqual([
      'count must be a whole number.',
      'kind must be one of big, small.',
      'note must be text.',
      'items must be a list.',
      'place must be an object.',
    ]);
  });
});

describe('faults', () => {
  it('Faults are listed all at once, each at its path', () => {
    const raw = {
      kind: 'huge',
      note: 'too long',
      items: [{ id: 'x' }, { name: '', size: 1.5, nope: 1 }, 'item'],
      place: { flag: 0 },
      nope: 1,
      neither: 1,
    };
    expect(refusalOf(raw)).toEqual({
      status: 'missing-param',
      faults: [
        'count missing',
        'kind not-one-of',
        'note too-long',
        'items[0].id type',
        'items[1].name blank',
        'items[1].size type',
        'items[1].nope unknown',
        'items[2] type',
        'place.street missing',
        'place.flag type',
        'nope unknown',
        'neither unknown',
      ],
    });
  });

  it('The faults of unknown parameters show no more of a long name than can be read', () => {
    const name = `${'x'.repeat(99)}😀${'x'.repeat(1_000)}`;
    const { errors } = readParams(schema, {
      ...least,
      [name]: 1,
      '': 1,
      place: { street: '', [name]: 1 },
    }).refusal().details;
    const shown = `${'x'.repeat(99)}\ufffd…`;
    expect(errors?.map(({ param }) => param)).toEqual([`place.${shown}`, shown, '""']);
  });

  it('Each parameter has one fault, though a mistake breaks several rules', () => {
    for (const items of ['', 'x'.repeat(9), { length: 9 }])
      expect(faultsOf({ items })).toEqual(['items type']);
    const added = (['blank', 'type'] as const).map((code) => fault('note', code, ''));
    expect(readParams(schema, least).refusal(added).details.errors).toEqual([added[0]]);
  });

  it('A list that is too long has no other faults, since nothing looks inside', () => {
    expect(faultsOf({ items: ['x', 'x', 'x', 'x'] })).toEqual(['items too-many']);
  });

  it('Faults come with those of the route, and one of them missing is enough', () => {
    const { status, details } = readParams(schema, { ...least, note: 7 }).refusal(
      [fault('x', 'missing', '')],
      8,
    );
    expect(status).toBe('missing-param');
    expect(details.errors?.map(({ param }) => param)).toEqual(['note', 'x']);
    expect(details.data).toBe(8);
  });
});

describe('what is sound', () => {
  it('What is sound is as the schema reads it, also beside what has a fault', () => {
    const query = z.strictObject({ order_id: queryId, limit: z.optional(queryId) });
    expect(readParams(query, { order_id: '12', limit: '0' }).sound).toEqual({ order_id: 12 });
    expect(readParams(query, { order_id: '12', page: '2' }).sound).toEqual({ order_id: 12 });
  });

  it('What is sound is as the schema reads it in a list too, beside an element that has a fault', () => {
    const times = z.strictObject({ times: list(time, 3) });
    const { sound } = readParams(times, { times: ['2026-12-01T10:00+01:00', 'x', '2026-12-02t09:00z'] });
    expect(sound).toEqual({ times: ['2026-12-01T09:00:00.000Z', undefined, '2026-12-02T09:00:00.000Z'] });
  });

  it('What is sound leaves out what has a fault, and keeps the places of a list', () => {
    const { sound } = readParams(schema, {
      count: '7',
      kind: 'small',
      items: [{ id: 1 }, { id: 'x' }, { name: 'x', size: 1 }],
      place: { street: 'x', nope: 1 },
      nope: 1,
    });
    expect(sound).toEqual({
      kind: 'small',
      items: [{ id: 1 }, { id: undefined }, { name: 'x', size: 1 }],
      place: { street: 'x' },
    });
  });

  it('What is sound of an object tells a member that is given with a fault from one that is not given', () => {
    const placeOf = (place: unknown) => readParams(schema, { ...least, place }).sound.place;
    expect(placeOf({ street: 'x', flag: 'maybe' })).toStrictEqual({ street: 'x', flag: undefined });
    expect(placeOf({ street: 'too long', flag: true })).toStrictEqual({ street: undefined, flag: true });
    expect(placeOf({ street: 'x', flag: null, nope: 1 })).toStrictEqual({ street: 'x', flag: undefined });
    expect(placeOf({ flag: true })).toStrictEqual({ flag: true });
    expect(placeOf('here')).toBeUndefined();
  });

  it('What is sound of an element is told alike, whichever kind of element it is', () => {
    const items = [{ id: 1, nope: 1 }, { name: 'x', size: 1, nope: 1 }, { name: 7, nope: 1 }, 7];
    const { sound } = readParams(z.strictObject({ items: list(item, 4) }), { items });
    expect(sound.items).toStrictEqual([{ id: 1 }, { name: 'x', size: 1 }, { name: undefined }, undefined]);
  });

  it('Nothing is sound of a list that is too long', () => {
    expect(readParams(schema, { ...least, items: [1, 2, 3, 4] }).sound).toEqual(least);
  });
});
