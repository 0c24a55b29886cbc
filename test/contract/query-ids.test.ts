import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { queryIds } from '../../functions/contract/query-ids.ts';
import { readParams } from '../../functions/contract/read-params.ts';

const schema = z.strictObject({ order_ids: queryIds(3) });
const read = (order_ids: unknown) => readParams(schema, { order_ids });
const codes = (order_ids: unknown) => read(order_ids).faults.map(({ param, code }) => `${param} ${code}`);

describe('ids in a query string', () => {
  it('Ids in a query string are read in their order', () => {
    expect(read('7').complete()).toEqual({ order_ids: [7] });
    expect(read('9,7,9007199254740991').complete()).toEqual({ order_ids: [9, 7, 9_007_199_254_740_991] });
  });

  it.each([
    ['', ['order_ids too-few']],
    ['7,8,9,10', ['order_ids too-many']],
    ['7,7,x,', ['order_ids too-many']],
    [',', ['order_ids[0] malformed', 'order_ids[1] malformed']],
    ['7,', ['order_ids[1] malformed']],
    ['7, 8', ['order_ids[1] malformed']],
    ['7;8', ['order_ids[0] malformed']],
    ['x,0,9007199254740992', ['order_ids[0] malformed', 'order_ids[1] too-small', 'order_ids[2] too-large']],
    ['7,8,7', ['order_ids[2] duplicate']],
    ['7,7,7', ['order_ids[1] duplicate', 'order_ids[2] duplicate']],
    ['7,7,x', ['order_ids[1] duplicate', 'order_ids[2] malformed']],
    ['x,x', ['order_ids[0] malformed', 'order_ids[1] malformed']],
    [undefined, ['order_ids missing']],
    [['7'], ['order_ids type']],
  ])('Ids in a query string of %j have each mistake told once: %j', (order_ids, expected) => {
    expect(codes(order_ids).toSorted()).toEqual(expected);
  });

  it('Ids in a query string of which one has a fault are none that is sound', () => {
    expect(read('7,x').sound.order_ids).toBeUndefined();
  });
});
