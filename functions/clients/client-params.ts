import * as z from 'zod/mini';
import { stated } from '../contract/json-schema.ts';
import { oneLine, visibleText } from '../contract/params.ts';

const details = { phone: oneLine(50), company_name: oneLine(200), address: visibleText(1_000) };

/** A text by its rule, or an empty one. */
const orNone = (schema: (typeof details)[keyof typeof details]) =>
  stated(
    z.string().check(({ value, issues }) => {
      const { error } = value === '' ? {} : schema.safeParse(value, { reportInput: true });
      if (error !== undefined) issues.push(...(error.issues as typeof issues));
    }),
    (of) => ({ anyOf: [{ const: '' }, of(schema)] }),
  );

/** What a client may say of itself, as parameters. */
export const clientDetails = {
  phone: z.optional(details.phone),
  company_name: z.optional(details.company_name),
  address: z.optional(details.address),
};

/** The same where it has been said before: an empty text takes away what was there. */
export const changedDetails = {
  phone: z.optional(orNone(details.phone)),
  company_name: z.optional(orNone(details.company_name)),
  address: z.optional(orNone(details.address)),
};
