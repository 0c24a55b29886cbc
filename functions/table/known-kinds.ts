import * as z from 'zod/mini';

/**
 * Objects that say in one of their fields of which kind they are: each of the kinds named here by its own schema. Of any other
 * kind, which only another release knows, nothing is read, and it is undefined.
 */
export const knownKinds = <const Kinds extends Record<string, z.ZodMiniObject>>(
  field: string,
  kinds: Kinds,
) => {
  const schemas = new Map<unknown, z.ZodMiniObject>(Object.entries(kinds));
  return z.pipe(
    z.looseObject({ [field]: z.string() }),
    z.transform((value, { issues }): z.infer<Kinds[keyof Kinds]> | undefined => {
      const schema = schemas.get(value[field]);
      if (schema === undefined) return undefined;
      const { data, error } = schema.safeParse(value);
      for (const issue of error?.issues ?? []) issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
      return data as z.infer<Kinds[keyof Kinds]>;
    }),
  );
};
