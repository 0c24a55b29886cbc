/** Where the documents of the reference are, in the order in which people look for them. */
export const REFERENCE_PATHS = ['/openapi.json'] as const;
export type ReferencePath = (typeof REFERENCE_PATHS)[number];
