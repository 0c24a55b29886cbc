const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
/** Control characters, and those that turn the words around them: what is shown would not be what is there. */
const UNSHOWN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** The lines of what somebody wrote, without what cannot be seen and would change what stands around it. */
export const linesOf = (given: string): string[] =>
  given.split(LINE_BREAK).map((line) => line.replaceAll('\t', ' ').replaceAll(UNSHOWN, ''));

/** The same in one line, so that a name cannot look like lines of ours. */
export const inOneLine = (given: string): string => linesOf(given).join(' ');
