import { GetItemOutput$, PutItemInput$ } from '@aws-sdk/client-dynamodb';
import { DynamoDBJsonCodec2 as SdkCodec } from '@aws-sdk/dynamodb-codec';
import * as sdk from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { marshall, unmarshall } from '../../../infra/lean-modules/attribute-values.ts';
import { DynamoDBJsonCodec2 } from '../../../infra/lean-modules/plain-json-codec.ts';
import { anyText } from '../../support/any-text.ts';

/** The stand-ins for what of the SDK makes rows DynamoDB's JSON and back: what they send and read is what it sends and reads. */
const OPTIONS = { removeUndefinedValues: true, convertTopLevelContainer: true };

const text = anyText();
const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
const bytes = fc.uint8Array({ maxLength: 40 });
const setOf = <Element>(element: fc.Arbitrary<Element>) =>
  fc.uniqueArray(element, { minLength: 1, maxLength: 4 }).map((elements) => new Set(elements));
const name = anyText({ maxLength: 12 }).filter((each) => each !== '__proto__');
const { row } = fc.letrec<{ value: unknown; row: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.oneof(text, number, fc.bigInt(), fc.boolean(), fc.constant(null), bytes),
    fc.oneof(setOf(text), setOf(number), setOf(bytes)),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('row'),
    fc.constant(undefined),
  ),
  row: fc.dictionary(name, tie('value'), { maxKeys: 4 }),
}));

/** What a codec sends of a row, as JSON has it. */
const sent = (codec: SdkCodec | DynamoDBJsonCodec2, Item: unknown): unknown => {
  const serializer = codec.createSerializer();
  serializer.write(PutItemInput$, { TableName: 'table', Item });
  return JSON.parse(new TextDecoder().decode(serializer.flush() as Uint8Array));
};

it('A row is sent as the SDK sends it', () => {
  fc.assert(
    fc.property(row, (given) => {
      const expected = sent(new SdkCodec(), sdk.marshall(given, OPTIONS).M);
      expect(sent(new DynamoDBJsonCodec2(), marshall(given).M)).toEqual(expected);
    }),
  );
});

it('A row that is answered is read as the SDK reads it, attribute by attribute, and in an error', async () => {
  await fc.assert(
    fc.asyncProperty(row, async (given) => {
      const answer = new TextEncoder().encode(
        JSON.stringify(sent(new SdkCodec(), sdk.marshall(given, OPTIONS).M)),
      );
      const expected = await new SdkCodec().createDeserializer().read(GetItemOutput$, answer as never);
      const deserializer = new DynamoDBJsonCodec2().createDeserializer();
      const { Item } = deserializer.read(GetItemOutput$, answer) as { Item: Record<string, never> };
      expect(unmarshall(deserializer.readObject(GetItemOutput$, Item))).toEqual(
        sdk.unmarshall(expected.Item),
      );
      for (const [name, attribute] of Object.entries(Item)) {
        const options = { convertWithoutMapWrapper: true };
        expect(unmarshall(attribute, options)).toEqual(sdk.unmarshall(expected.Item[name], options));
      }
    }),
  );
});

it.each([
  ['no number', Number.NaN],
  ['an infinite one', Number.NEGATIVE_INFINITY],
  ['one that is not known to the last digit', Number.MAX_SAFE_INTEGER + 1],
  ['a date', new Date(0)],
  ['an empty set', new Set()],
  ['a set of lists', new Set([[]])],
  ['nothing', undefined],
  ['a function', () => {}],
])('There is no attribute value for what the SDK has none for: %s', (_, given) => {
  expect(() => sdk.marshall(given as never, OPTIONS)).toThrow();
  expect(() => marshall(given)).toThrow();
});
