const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A time of the API's (ISO 8601 UTC) as it is where the reader is. */
export const Time = ({ iso }: { iso: string }) => <time dateTime={iso}>{LOCAL.format(new Date(iso))}</time>;

/** A time of today, to the second. */
export const Clock = ({ at }: { at: Date }) => <time dateTime={at.toISOString()}>{CLOCK.format(at)}</time>;
