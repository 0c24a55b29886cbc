import { inOneLine, linesOf } from './given.ts';
import type { Block, Letter, Line, Words } from './letter.ts';

/** Letters of the scripts that are written from right to left, and the mark that stands for one. */
const RIGHT_TO_LEFT =
  /[\u200f\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Among words from left to right, a name from right to left would draw the numbers after it to its other side. */
const isolated = (line: string): string => (RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line);

const textOfWords = (words: Words): string => {
  if (typeof words === 'string') return words;
  return 'strong' in words ? words.strong : isolated(inOneLine(words.given));
};

const textOfLine = (line: Line): string => line.map(textOfWords).join('');

const textOfBlock = (block: Block): string => {
  if ('paragraph' in block) return textOfLine(block.paragraph);
  if ('heading' in block) return block.heading.toUpperCase();
  if ('link' in block) return block.link;
  if ('label' in block) {
    return [`${block.label}:`, ...linesOf(block.given).map((line) => `> ${line}`)].join('\n');
  }
  if ('list' in block) return block.list.map((line) => `- ${textOfLine(line)}`).join('\n');
  return block.table.map(({ given, is }) => `- ${textOfWords({ given })}: ${is}`).join('\n');
};

/** A letter as plain text. */
export const textOf = ({ blocks }: Letter): string =>
  `${[...blocks.map(textOfBlock), 'Plano'].join('\n\n')}\n`;
