import * as z from 'zod/mini';
import { $constructor, $ZodObjectJIT } from 'zod/v4/core';

/** After so many readings a schema is worth compiling, which takes as long as some hundred of them. */
const INTERPRETED = 100;

/** Named with its type, as the compiler asks of what it may learn types from. */
const PlainObject: $constructor<z.ZodMiniObject> = z.ZodMiniObject;

/**
 * A schema of objects that is compiled once it has been read by for a while. zod interprets those of `zod/mini`, and compiles its other
 * ones when they are first used: the one costs each request of a warm function, the other its cold start, where each schema is used once.
 */
const WarmingObject: $constructor<z.ZodMiniObject> = $constructor(
  'WarmingObject',
  (schema: z.ZodMiniObject, definition: z.ZodMiniObject['_zod']['def']) => {
    PlainObject.init(schema, definition);
    const zod = schema._zod;
    let { parse } = zod;
    let readings = 0;
    const warming: typeof parse = (payload, context) => {
      readings += 1;
      if (readings === INTERPRETED) {
        $ZodObjectJIT.init(schema, definition);
        parse = zod.parse;
        zod.parse = warming;
      }
      return parse(payload, context);
    };
    zod.parse = warming;
  },
);

/** As `z.strictObject`, for what a busy route reads with each request. */
export const strictObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  new WarmingObject({ type: 'object', shape, catchall: z.never() }) as z.ZodMiniObject<Shape, z.core.$strict>;

/** As `z.looseObject`, for what a busy route reads with each request. */
export const looseObject = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  new WarmingObject({ type: 'object', shape, catchall: z.unknown() }) as z.ZodMiniObject<
    Shape,
    z.core.$loose
  >;

/** As `z.object`, for what a busy route reads with each request. */
export const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  new WarmingObject({ type: 'object', shape }) as z.ZodMiniObject<Shape, z.core.$strip>;
