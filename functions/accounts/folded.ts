/** A text as it is compared with passwords: what is written otherwise and reads the same is the same. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
