/** How many seconds each unit has, and so that a time is said in the one of which it has at least two. */
const UNITS = [
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long to wait, for people, and not too short: `30 seconds`, `15 minutes`, `4 hours`. */
export const waitInWords = (seconds: number): string => {
  const [unit, length] = UNITS.find(([, of]) => seconds >= 2 * of) ?? ['second', 1];
  const count = Math.ceil(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
