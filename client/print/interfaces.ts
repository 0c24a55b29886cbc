import type { Sentences } from './sentences.ts';
import { definitionOf, isOptional, type Names, type Schema, typeOf } from './type-of.ts';

/** What each printed file starts with. */
export const HEADER =
  '// Printed from the definitions of the routes by `npm run client:types`; do not change it by hand.\n';

/** A comment of one line; none without a sentence. */
export const comment = (sentence: string | undefined, indent = ''): string =>
  sentence === undefined ? '' : `${indent}/** ${sentence.replaceAll('*/', '*\\/')} */\n`;

/** What has no members is so by its type: an empty interface would take anything. */
const EMPTY = 'Record<string, never>';

/**
 * An interface of the members of an object.
 *
 * @param sentences what its members are, by their names
 */
export const interfaceOf = (
  name: string,
  schema: Schema,
  names: Names,
  { about, sentences = {} }: { about?: string; sentences?: Sentences } = {},
): string => {
  const members = Object.entries(definitionOf(schema).shape);
  if (members.length === 0) return `${comment(about)}export type ${name} = ${EMPTY};\n`;
  const lines = members.map(
    ([member, each]) =>
      `${comment(sentences[member], '  ')}  ${member}${isOptional(each) ? '?' : ''}: ${typeOf(each, names)};\n`,
  );
  return `${comment(about)}export interface ${name} {\n${lines.join('')}}\n`;
};
