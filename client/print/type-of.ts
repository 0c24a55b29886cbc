import type * as z from 'zod/mini';
import { statementOf } from '../../functions/contract/json-schema.ts';

/** A schema, and as much of its definition as is looked at. */
export type Schema = z.core.$ZodType;
interface Definition {
  type: string;
  innerType: Schema;
  element: Schema;
  out: Schema;
  options: readonly Schema[];
  entries: Readonly<Record<string, string>>;
  shape: Readonly<Record<string, Schema>>;
}
export const definitionOf = (schema: Schema): Definition => schema._zod.def as unknown as Definition;

/** The objects of schemas, by the names that they are printed with. */
export type Names = ReadonlyMap<Schema, string>;

/** Whether a member may be left out. */
export const isOptional = (schema: Schema): boolean => definitionOf(schema).type === 'optional';

const either = (types: readonly string[]): string => [...new Set(types)].join(' | ');

/**
 * The type of what a schema gives, in TypeScript: of a number or ids in a query string the numbers, which the client writes as text.
 *
 * @throws when it holds an object without a name, or is of a kind that no definition had so far
 */
export const typeOf = (schema: Schema, names: Names): string => {
  const { type, innerType, element, out, options, entries } = definitionOf(schema);
  switch (type) {
    case 'string':
    case 'number':
    case 'boolean':
      return type;
    case 'enum':
      return either(Object.values(entries).map((value) => `'${value}'`));
    case 'optional':
      return either([typeOf(innerType, names), 'undefined']);
    case 'nullable':
      return either([typeOf(innerType, names), 'null']);
    case 'array':
      return listOf(typeOf(element, names));
    case 'union':
      return either(options.map((option) => typeOf(option, names)));
    case 'pipe':
      return typeOf(out, names);
    // What text of a query is read into, which a schema does not tell: so far ids alone, as the compiler proves in a test.
    case 'transform':
      return 'readonly number[]';
    // The only schema that speaks of itself is that of any JSON.
    case 'lazy':
      return 'Json';
    // One that chooses between schemas, or any JSON.
    case 'custom':
      return either(choicesOf(schema).map((choice) => typeOf(choice, names))) || 'Json';
    case 'object':
      return named(schema, names);
    default:
      throw new Error(`A schema of the kind ${type} is not printed yet: add it to client/print/type-of.ts.`);
  }
};

/** The schemas that one with rules of its own chooses from, as its JSON Schema says. */
export const choicesOf = (schema: Schema): Schema[] => {
  const choices: Schema[] = [];
  statementOf(schema)?.((choice) => {
    choices.push(choice);
    return {};
  });
  return choices;
};

const listOf = (element: string): string => (element.includes(' ') ? `(${element})[]` : `${element}[]`);

const named = (schema: Schema, names: Names): string => {
  const name = names.get(schema);
  if (name !== undefined) return name;
  const members = Object.keys(definitionOf(schema).shape).join(', ');
  throw new Error(`The object of ${members} has no name: give it one in client/print/places.ts.`);
};
