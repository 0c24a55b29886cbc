/** What would command the terminal, or have the rest of a line shown elsewhere. */
const UNPRINTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A line that does not command the terminal, whatever users have named themselves, or somebody has typed. */
const plain = (line: string): string => line.replaceAll(UNPRINTED, '?');

/** Prints a line. */
export const say = (line: string): void => void process.stdout.write(`${plain(line)}\n`);

/** Prints why a command has failed, apart from what it prints. */
export const sayFailure = (text: string): void =>
  void process.stderr.write(`${text.split('\n').map(plain).join('\n')}\n`);

/**
 * What somebody else has written, so that it cannot pass for what stands beside it: one word of visible ASCII as it is, all else
 * in quotation marks.
 */
export const word = (text: string): string =>
  /^[!#-~]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** A cell has no gap as there is between columns. */
const cellOf = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().replaceAll(UNPRINTED, '?');

/** Prints rows under their headings as they come, in columns as wide as what they have held so far. */
export const tablePrinter = (
  headings: readonly string[],
): ((rows: readonly (readonly string[])[]) => void) => {
  const widths = headings.map(() => 0);
  const print = (rows: readonly (readonly string[])[]): void => {
    const lines = rows.map((cells) => cells.map(cellOf));
    for (const [column] of headings.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, ...lines.map((line) => line[column]?.length ?? 0));
    }
    for (const line of lines) {
      const padded = line.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      say(padded.join('  ').trimEnd());
    }
  };
  let isBegun = false;
  return (rows) => {
    print(isBegun ? rows : [headings, ...rows]);
    isBegun = true;
  };
};

/** Prints rows under their headings, in columns as wide as what they hold. */
export const printTable = (headings: readonly string[], rows: readonly (readonly string[])[]): void =>
  tablePrinter(headings)(rows);
