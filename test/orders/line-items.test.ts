import { describe, expect, it } from 'vitest';
import type { SoundPart } from '../../functions/contract/read-params.ts';
import { changeLineItems, judgeItemChanges, judgeLineItems } from '../../functions/orders/line-items.ts';
import type { LineItemChange } from '../../functions/orders/update-params.ts';
import { aLineItem, anOrder } from '../support/orders.ts';

const NOW = new Date('2026-11-05T15:00:00.000Z');
const CALLER = 'Emil Employee';
/** An order of item 11, 4 of 10 completed, and item 12, untouched. */
const order = anOrder({
  line_items: [
    aLineItem({ completed_quantity: 4, completed_date: '2026-11-03', completed_by: 'Anna' }),
    aLineItem({ line_item_id: 12, name: 'Doors' }),
  ],
});

const faultsOf = (...items: (SoundPart<LineItemChange> | undefined)[]): string[] =>
  [...judgeItemChanges(items, NOW), ...judgeLineItems(order, items)]
    .map(({ param, code }) => `${param} ${code}`)
    .sort();
const changed = (...items: LineItemChange[]) => changeLineItems(order, items, CALLER, NOW, () => 99);
/** Item 11 after it was given something. */
const item = (given: Partial<LineItemChange>) => changed({ line_item_id: 11, ...given })[0];

describe('a change of an item', () => {
  it('A change of an item changes only the fields given, and no other item', () => {
    const [first, second, ...rest] = changed({ line_item_id: 11, name: 'Glass' });
    expect(first).toEqual({ ...order.line_items[0], name: 'Glass' });
    expect(second).toBe(order.line_items[1]);
    expect(rest).toEqual([]);
  });

  it('Every field of an item can be changed', () => {
    const all = {
      line_item_id: 11,
      name: 'Glass',
      quantity: 6,
      completed_quantity: 5,
      completed_date: '2026-11-04',
      completed_by: 'Bert',
    };
    expect(item(all)).toEqual(all);
  });

  it('Several items can be changed at once', () => {
    const quantities = changed({ line_item_id: 12, quantity: 3 }, { line_item_id: 11, quantity: 4 });
    expect(quantities.map(({ quantity }) => quantity)).toEqual([4, 3]);
  });
});

describe('an addition', () => {
  it('An added item comes last, with an id of its own and nothing completed', () => {
    expect(changed({ name: 'Roof', quantity: 2 }).slice(2)).toEqual([
      aLineItem({ line_item_id: 99, name: 'Roof', quantity: 2 }),
    ]);
  });

  it('An added item can be completed at once', () => {
    const [added] = changed({ name: 'Roof', quantity: 2, completed_quantity: 1 }).slice(2);
    expect(added).toMatchObject({
      completed_quantity: 1,
      completed_date: '2026-11-05',
      completed_by: CALLER,
    });
  });

  it('An added item gets an id that no item of the order has, nor another addition', () => {
    const ids = [11, 12, 50, 50, 51][Symbol.iterator]();
    const add = { name: 'Roof', quantity: 1 };
    const items = changeLineItems(order, [add, add], CALLER, NOW, () => ids.next().value ?? 0);
    expect(items.map(({ line_item_id }) => line_item_id)).toEqual([11, 12, 50, 51]);
  });

  it('An added item cannot have more completed than there is', () => {
    expect(faultsOf({ name: 'Roof', quantity: 2, completed_quantity: 3 })).toEqual([
      'line_items[0].completed_quantity greater-than-quantity',
    ]);
  });
});

describe('a completion', () => {
  it('A completion is of today and by the caller, when more is completed and nothing else is said', () => {
    expect(item({ completed_quantity: 5 })).toMatchObject({
      completed_date: '2026-11-05',
      completed_by: CALLER,
    });
  });

  it.each([4, 3, 1])(
    'A completion keeps its date and by whom when %i are completed, which is no more',
    (completed_quantity) => {
      expect(item({ completed_quantity })).toMatchObject({
        completed_quantity,
        completed_date: '2026-11-03',
        completed_by: 'Anna',
      });
    },
  );

  it("A line item's completed_date and completed_by are null again when nothing is completed any more", () => {
    const undone = item({ completed_quantity: 0 });
    expect(undone).toEqual(aLineItem());
    const [again] = changeLineItems(
      anOrder({ line_items: [undone ?? aLineItem()] }),
      [{ line_item_id: 11, completed_quantity: 1 }],
      CALLER,
      NOW,
      () => 99,
    );
    expect(again).toMatchObject({ completed_date: '2026-11-05', completed_by: CALLER });
  });

  it('A completion of nothing, which an item of release 0.2 can have, ends with a change of that item and no other', () => {
    const old = aLineItem({ completed_date: '2026-11-03', completed_by: 'Anna' });
    const ofOld = (params: LineItemChange) =>
      changeLineItems(
        anOrder({ line_items: [old, aLineItem({ line_item_id: 12 })] }),
        [params],
        CALLER,
        NOW,
        () => 99,
      )[0];
    expect(ofOld({ line_item_id: 11, name: 'Glass' })).toEqual(aLineItem({ name: 'Glass' }));
    expect(ofOld({ line_item_id: 12, name: 'Glass' })).toBe(old);
  });

  it('A completion takes the date and the name that are said instead', () => {
    const said = { completed_date: '2026-10-01', completed_by: 'Bert' };
    expect(item({ completed_quantity: 5, ...said })).toMatchObject(said);
    expect(item(said)).toMatchObject({ completed_quantity: 4, ...said });
  });

  it.each(['2026-11-06', '2026-11-06T15:00:00.000Z', '2000-01-01'])(
    'A completion can be of %s, with a day of grace',
    (completed_date) => {
      expect(faultsOf({ line_item_id: 11, completed_date })).toEqual([]);
    },
  );

  it.each(['2026-11-07', '2026-11-06T15:00:00.001Z', '9999-12-31'])(
    'A completion cannot be of %s, in the future',
    (completed_date) => {
      expect(faultsOf({ line_item_id: 11, completed_date })).toEqual([
        'line_items[0].completed_date in-future',
      ]);
    },
  );
});

describe('a date or a name of nothing that is completed', () => {
  const [date, by] = [{ completed_date: '2026-11-01' }, { completed_by: 'Bert' }];
  const both = { ...date, ...by };
  const [ofDate, ofBy] = ['completed_date nothing-completed', 'completed_by nothing-completed'].map(
    (fault) => `line_items[0].${fault}`,
  ) as [string, string];

  it.each<[string, LineItemChange, string[]]>([
    ['an item of which nothing is completed', { line_item_id: 12, ...date }, [ofDate]],
    ['by name alone', { line_item_id: 12, ...by }, [ofBy]],
    ['both, one fault each', { line_item_id: 12, ...both }, [ofBy, ofDate]],
    ['nothing completed, as is said', { line_item_id: 12, completed_quantity: 0, ...both }, [ofBy, ofDate]],
    [
      'an item that is taken back to nothing',
      { line_item_id: 11, completed_quantity: 0, ...both },
      [ofBy, ofDate],
    ],
    ['an addition', { name: 'Roof', quantity: 2, ...both }, [ofBy, ofDate]],
    ['an addition that says so', { name: 'Roof', quantity: 2, completed_quantity: 0, ...date }, [ofDate]],
  ])('A date or a name of nothing that is completed is a fault: %s', (_, params, faults) => {
    expect(faultsOf(params)).toEqual(faults);
  });

  it.each<[string, LineItemChange]>([
    ['an item of which something is completed', { line_item_id: 11, ...both }],
    ['an item of which less is completed than was', { line_item_id: 11, completed_quantity: 1, ...both }],
    ['an item of which something is completed now', { line_item_id: 12, completed_quantity: 1, ...both }],
    [
      'an addition of which something is completed',
      { name: 'Roof', quantity: 2, completed_quantity: 1, ...both },
    ],
  ])('A date and a name are no fault of %s', (_, params) => {
    expect(faultsOf(params)).toEqual([]);
  });

  it('A fault of nothing completed shows without the order where the parameters say it, and else against the order', () => {
    const saying = { line_item_id: 11, completed_quantity: 0, ...date };
    const silent = { line_item_id: 12, ...date };
    expect(
      [judgeItemChanges([saying], NOW), judgeLineItems(order, [saying])].map(({ length }) => length),
    ).toEqual([1, 0]);
    expect(
      [judgeItemChanges([silent], NOW), judgeLineItems(order, [silent])].map(({ length }) => length),
    ).toEqual([0, 1]);
  });
});

describe('quantities', () => {
  it.each([
    [{ completed_quantity: 0 }, undefined],
    [{ completed_quantity: 10 }, undefined],
    [{ completed_quantity: 11 }, 'completed_quantity greater-than-quantity'],
    [{ quantity: 4 }, undefined],
    [{ quantity: 3 }, 'quantity less-than-completed-quantity'],
    [{ quantity: 3, completed_quantity: 3 }, undefined],
    [{ quantity: 11, completed_quantity: 11 }, undefined],
    [{ quantity: 3, completed_quantity: 4 }, 'completed_quantity greater-than-quantity'],
  ])('Quantities are judged against 10, of which 4 are completed: %j', (given, fault) => {
    expect(faultsOf({ line_item_id: 11, ...given })).toEqual(fault ? [`line_items[0].${fault}`] : []);
  });
});

describe('an item of which a member has a fault in itself', () => {
  const ofQuantity = 'line_items[0].completed_quantity greater-than-quantity';

  it.each<[string, SoundPart<LineItemChange>, string[]]>([
    ['by whom', { line_item_id: 11, completed_quantity: 11, completed_by: undefined }, [ofQuantity]],
    ['the name of an addition', { name: undefined, quantity: 2, completed_quantity: 3 }, [ofQuantity]],
    [
      'the quantity',
      { line_item_id: 11, quantity: undefined, completed_quantity: 11, completed_date: '2026-11-07' },
      ['line_items[0].completed_date in-future'],
    ],
    ['what is completed', { line_item_id: 12, completed_quantity: undefined, completed_by: 'Bert' }, []],
    [
      'what is completed of an addition',
      { name: 'Roof', quantity: 2, completed_quantity: undefined, completed_by: 'Bert' },
      [],
    ],
    ['the id', { line_item_id: undefined, completed_quantity: 99 }, []],
  ])('An item with a fault in itself is judged by what is sound of it: %s', (_, params, faults) => {
    expect(faultsOf(params)).toEqual(faults);
  });

  it('Ids that have a fault are not the same', () => {
    expect(faultsOf({ line_item_id: undefined }, { line_item_id: undefined })).toEqual([]);
  });
});

describe('ids', () => {
  it('The id of a line item must be one of its order', () => {
    expect(faultsOf({ line_item_id: 13, completed_quantity: 99 })).toEqual([
      'line_items[0].line_item_id not-found',
    ]);
  });

  it('The id of a line item must not come twice', () => {
    expect(faultsOf({ line_item_id: 11 }, { line_item_id: 12 }, { line_item_id: 11 })).toEqual([
      'line_items[2].line_item_id duplicate',
    ]);
  });
});

describe('100 items on an order', () => {
  const full = (count: number) =>
    anOrder({ line_items: Array.from({ length: count }, (_, at) => aLineItem({ line_item_id: at + 1 })) });
  const add = { name: 'Roof', quantity: 1 };

  it('An order has 100 line items at most', () => {
    expect(judgeLineItems(full(98), [add, { line_item_id: 1 }, add])).toEqual([]);
    expect(judgeLineItems(full(99), [add, add])).toEqual([
      expect.objectContaining({ param: 'line_items', code: 'too-many' }),
    ]);
  });

  it('An order that has 100 line items can have them changed', () => {
    expect(judgeLineItems(full(100), [{ line_item_id: 100, quantity: 3 }])).toEqual([]);
  });
});

describe('the faults of line items', () => {
  it('The faults of line items are all listed, and an element whose faults are known already keeps its place', () => {
    expect(
      faultsOf(
        undefined,
        { line_item_id: 11, quantity: 1, completed_date: '2027-01-01' },
        { line_item_id: 13 },
        { name: 'Roof', quantity: 1, completed_quantity: 2 },
      ),
    ).toEqual([
      'line_items[1].completed_date in-future',
      'line_items[1].quantity less-than-completed-quantity',
      'line_items[2].line_item_id not-found',
      'line_items[3].completed_quantity greater-than-quantity',
    ]);
  });
});
