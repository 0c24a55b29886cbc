/** Where the documents of the reference are, in the order in which people look for them. */
export const REFERENCE_PATHS = ['/docs', '/docs.md', '/openapi.json'] as const;
export type ReferencePath = (typeof REFERENCE_PATHS)[number];
