/**
 * A text as it is compared with passwords: what is written otherwise and reads the same is the same. By capitals a `ß` becomes the
 * `ss` that it is one of.
 */
export const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();
