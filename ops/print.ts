/** Prints a line. What users have named themselves must not command the terminal. */
export const say = (line: string): void =>
  void process.stdout.write(`${line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?')}\n`);

/** Prints rows under their headings, in columns as wide as what they hold. */
export const printTable = (headings: readonly string[], rows: readonly (readonly string[])[]): void => {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    say(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
};
