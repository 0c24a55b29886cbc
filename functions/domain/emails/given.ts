import { UNSHOWN } from '../../contract/params.ts';

const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
const UNSHOWN_ALL = new RegExp(UNSHOWN, 'gu');

/** The lines of what somebody wrote, without what cannot be seen and would change what stands around it. */
export const linesOf = (given: string): string[] =>
  given.split(LINE_BREAK).map((line) => line.replaceAll('\t', ' ').replaceAll(UNSHOWN_ALL, ''));

/** The same in one line, so that a name cannot look like lines of ours. */
export const oneLine = (given: string): string => linesOf(given).join(' ');
