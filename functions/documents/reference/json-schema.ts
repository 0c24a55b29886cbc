import * as z from 'zod/mini';
import { type JsonSchema, statementOf } from '../../contract/json-schema.ts';

/**
 * The JSON Schema of a schema: what is stated of it where it has rules of its own, and what zod tells of the rest.
 *
 * @param io whether it is of what clients send, which is closed, or of what they get, to which a later release may add members
 * @param refs schemas that stand elsewhere, with the place that is referred to
 */
export const jsonSchemaOf = (
  schema: z.ZodMiniType,
  io: 'input' | 'output',
  refs: ReadonlyMap<object, string> = new Map(),
): JsonSchema => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const $ref = (zodSchema as object) === schema ? undefined : refs.get(zodSchema);
      const said =
        $ref === undefined ? statementOf(zodSchema)?.((within) => jsonSchemaOf(within, io, refs)) : { $ref };
      if (said !== undefined) {
        for (const keyword of Object.keys(jsonSchema)) delete jsonSchema[keyword];
        Object.assign(jsonSchema, said);
      }
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  return json;
};

type Within = Record<string, JsonSchema>;

/** What a parameter is, and how it is written where its schema says that. */
const described = (sentence: string | undefined, { description }: JsonSchema): string | undefined =>
  description === undefined ? sentence : `${sentence} ${description}`;

/**
 * The same with a sentence for each parameter, by its path.
 *
 * @param sentences by dotted path, such as `line_items.name`
 * @param prefix the path of what the schema is of, with a dot behind it
 */
export const withSentences = (
  schema: JsonSchema,
  sentences: Readonly<Record<string, string>>,
  prefix = '',
): JsonSchema => {
  const inside = (within: unknown) => withSentences(within as JsonSchema, sentences, prefix);
  const { properties, items, oneOf } = schema as { properties?: Within; items?: unknown; oneOf?: unknown[] };
  return {
    ...schema,
    ...(items !== undefined && { items: inside(items) }),
    ...(oneOf !== undefined && { oneOf: oneOf.map(inside) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, each]) => [
          name,
          {
            ...withSentences(each, sentences, `${prefix}${name}.`),
            description: described(sentences[`${prefix}${name}`], each),
          },
        ]),
      ),
    }),
  };
};
