import { expect, it } from 'vitest';
import { setting } from '../../functions/table/write.ts';

it('An update sets what has a value, of whatever name, and removes what has none', () => {
  expect(setting({ status: 'open', 'listed-at': null, reference: undefined })).toEqual({
    UpdateExpression: 'SET #0 = :0, #1 = :1 REMOVE #2',
    ExpressionAttributeNames: { '#0': 'status', '#1': 'listed-at', '#2': 'reference' },
    ExpressionAttributeValues: { ':0': 'open', ':1': null },
  });
});

it('An update that only removes has no values, which DynamoDB would refuse', () => {
  expect(setting({ reference: undefined })).toEqual({
    UpdateExpression: 'REMOVE #0',
    ExpressionAttributeNames: { '#0': 'reference' },
  });
});
