/**
 * Stands in for `@aws-sdk/util-dynamodb`, which makes values DynamoDB's attribute values and back, in a third of its time. Bytes are
 * base64 in them, as `plain-json-codec.ts` sends and receives them. What there is no attribute value for is refused.
 */
type AttributeValue = Record<string, unknown>;

const numberText = (number: number): string => {
  if (Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return String(number);
  throw new RangeError(`${number} is no number that DynamoDB would give back`);
};

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

const ofSet = (set: ReadonlySet<unknown>): AttributeValue => {
  const elements = [...set].map(toAttribute);
  for (const kind of ['S', 'N', 'B']) {
    const texts = elements.flatMap((element) => element[kind] ?? []);
    if (texts.length > 0 && texts.length === elements.length) return { [`${kind}S`]: texts };
  }
  throw new TypeError('a set has texts, numbers or bytes, and one of them at least');
};

const ofObject = (value: object): AttributeValue => {
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(toAttribute) };
  if (value instanceof Uint8Array) return { B: base64(value) };
  if (value instanceof Set) return ofSet(value);
  if (![Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    throw new TypeError(`a ${value.constructor.name} is no attribute value`);
  }
  const members: AttributeValue = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members[name] = toAttribute(member);
  }
  return { M: members };
};

const toAttribute = (value: unknown): AttributeValue => {
  if (value === null) return { NULL: true };
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: numberText(value) };
    case 'bigint':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return ofObject(value);
    default:
      throw new TypeError(`a ${typeof value} is no attribute value`);
  }
};

const numberOf = (text: string): number | bigint => {
  const number = Number(text);
  return Math.abs(number) > Number.MAX_SAFE_INTEGER ? BigInt(text) : number;
};

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

const ofMap = (attributes: AttributeValue): AttributeValue => {
  const members: AttributeValue = {};
  for (const name in attributes) members[name] = fromAttribute(attributes[name] as AttributeValue);
  return members;
};

const fromAttribute = (attribute: AttributeValue): unknown => {
  for (const kind in attribute) {
    const value = attribute[kind] as never;
    switch (kind) {
      case 'S':
      case 'BOOL':
        return value;
      case 'N':
        return numberOf(value);
      case 'NULL':
        return null;
      case 'M':
        return ofMap(value);
      case 'L':
        return (value as AttributeValue[]).map(fromAttribute);
      case 'B':
        return bytesOf(value);
      case 'SS':
        return new Set(value);
      case 'NS':
        return new Set((value as string[]).map(numberOf));
      case 'BS':
        return new Set((value as string[]).map(bytesOf));
    }
  }
  throw new TypeError(`an attribute value is of a kind that is not known: ${Object.keys(attribute)}`);
};

/** The attribute value of a value: members and elements that are undefined are left out. */
export const marshall = toAttribute;

/** The row of its attribute values, or, without the wrapper of a map, the value of one. */
export const unmarshall = (
  data: AttributeValue,
  { convertWithoutMapWrapper = false }: { convertWithoutMapWrapper?: boolean } = {},
): unknown => (convertWithoutMapWrapper ? fromAttribute(data) : ofMap(data));

/** The SDK's numbers of more digits than JavaScript knows, of which a bundle has no use. */
export const NumberValueImpl = undefined;
