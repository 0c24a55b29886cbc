import { emailAddress } from '../../contract/email-address.ts';
import type { JsonSchema } from '../../contract/json-schema.ts';
import { dateOrTime, oneLine, time, timeOfAnyYear, visibleText } from '../../contract/params.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** A parameter as people read of it. */
export interface DocumentedParam {
  /** Its path, such as `line_items.name`. */
  name: string;
  /** In the words of the page that clients know: an object is a `hash`. */
  type: string;
  isRequired: boolean;
  sentence: string;
  /** Which values it takes, beyond its type; empty if all of them. */
  bounds: string;
}

/** The keywords that are read here. */
interface Readable {
  type?: string;
  /** How it is written, where that is not to be seen by the rest. */
  description?: string;
  enum?: string[];
  pattern?: string;
  allOf?: { pattern: string }[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Readable>;
  required?: string[];
  items?: Readable;
  oneOf?: Readable[];
  then?: Readable;
}

const patternsIn = ({ pattern, allOf = [] }: Readable): string[] => [
  ...(pattern === undefined ? [] : [pattern]),
  ...allOf.map((each) => each.pattern),
];
const firstPattern = (schema: Parameters<typeof jsonSchemaOf>[0]) =>
  patternsIn(jsonSchemaOf(schema, 'input'))[0];

/** What a pattern stands for: nobody reads one, and the rules have the same ones everywhere. */
const FORMATS = new Map([
  [firstPattern(time), 'A time with its zone (RFC 3339), of the years 2000 to 9999'],
  [firstPattern(timeOfAnyYear), 'A time with its zone (RFC 3339)'],
  [firstPattern(dateOrTime), 'A date (`YYYY-MM-DD`) or a time with its zone (RFC 3339)'],
  [firstPattern(emailAddress), 'An e-mail address'],
]);
const ONE_LINE = firstPattern(oneLine(1));
const VISIBLE = patternsIn(jsonSchemaOf(visibleText(1), 'input')).at(-1);

const inWords = (value: number): string => value.toLocaleString('en-GB');

/** Such as `1 to 100`; ids have no upper bound that anybody would come near. */
const rangeOf = (min = 0, max = Number.MAX_SAFE_INTEGER): string => {
  if (max === Number.MAX_SAFE_INTEGER) return min === 0 ? '' : `${inWords(min)} or more`;
  return min === 0 ? `at most ${inWords(max)}` : `${inWords(min)} to ${inWords(max)}`;
};

const boundsOfText = (schema: Readable): string => {
  const patterns = patternsIn(schema);
  const { minLength, maxLength } = schema.then ?? schema;
  const range = rangeOf(minLength, maxLength);
  const format = FORMATS.get(patterns.find((pattern) => FORMATS.has(pattern)));
  const length = range && `${range} characters`;
  if (format !== undefined) return length ? `${format} of ${length}` : format;
  const line = patterns.includes(ONE_LINE ?? '') ? `one line of ${length}` : length;
  return patterns.includes(VISIBLE ?? '') ? `${line}, not blank` : line;
};

const boundsOf = (schema: Readable): string => {
  if (schema.enum) return `One of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return rangeOf(schema.minimum ?? Number.MIN_SAFE_INTEGER, schema.maximum).replace('at most', '0 to');
    case 'array': {
      const range = rangeOf(schema.minItems, schema.maxItems);
      return range && `${range} elements`;
    }
    case 'string':
      return boundsOfText(schema);
    default:
      return '';
  }
};

/** A sentence without its full stop, with a capital and with the stop. */
const asSentence = (text: string): string => text && `${text[0]?.toUpperCase()}${text.slice(1)}.`;

const elementsOf = ({ items = {} }: Readable): Readable[] => items.oneOf ?? [items];

const typeOf = (schema: Readable): string => {
  if (schema.type === 'object') return 'hash';
  const isOfObjects = schema.type === 'array' && elementsOf(schema).every(({ type }) => type === 'object');
  return isOfObjects ? 'array_of_objects' : (schema.type ?? 'any');
};

/** Parameters of one object, or of several that stand for each other: required is what all of them require. */
const within = (
  objects: readonly Readable[],
  sentences: Readonly<Record<string, string>>,
  prefix: string,
): DocumentedParam[] =>
  Object.entries(Object.assign({}, ...objects.map(({ properties }) => properties)) as object).flatMap(
    ([name, schema]: [string, Readable]) => [
      {
        name: `${prefix}${name}`,
        type: typeOf(schema),
        isRequired: objects.every(({ required = [] }) => required.includes(name)),
        sentence: sentences[`${prefix}${name}`] ?? '',
        bounds: schema.description ?? asSentence(boundsOf(schema)),
      },
      ...within(schema.type === 'array' ? elementsOf(schema) : [schema], sentences, `${prefix}${name}.`),
    ],
  );

/** The parameters in a schema, those that are within others behind them. */
export const paramsIn = (schema: JsonSchema, sentences: Readonly<Record<string, string>>) =>
  within([schema], sentences, '');
