export const DAY_MS = 24 * 60 * 60 * 1_000;

/** The time so many days after another, or before it. */
export const daysAfter = (days: number, time: Date): Date => new Date(time.getTime() + days * DAY_MS);

/** The date of a time in UTC: `2026-12-01`. */
export const dateOf = (time: Date): string => time.toISOString().slice(0, 10);
