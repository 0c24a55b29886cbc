import type * as z from 'zod/mini';

/** A JSON Schema (2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Gives a schema's JSON Schema, by that of schemas within it where it has any. */
type Statement = (of: (within: z.ZodMiniType) => JsonSchema) => JsonSchema;

const statements = new WeakMap<object, Statement>();

/**
 * States the JSON Schema of a schema with rules of its own, which zod cannot see into. It is called when the reference is made,
 * never in a function that answers requests.
 */
export const stated = <Schema extends z.ZodMiniType>(schema: Schema, statement: Statement): Schema => {
  statements.set(schema, statement);
  return schema;
};

/** What is stated of a schema; undefined for one that zod can describe by itself. */
export const statementOf = (schema: object): Statement | undefined => statements.get(schema);
