const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A time of the API's (ISO 8601 UTC) as it is where the reader is; as it came, when it is none. */
export const Time = ({ iso }: { iso: string }) => {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : <time dateTime={iso}>{LOCAL.format(at)}</time>;
};

/** A time of today, to the second. */
export const Clock = ({ at }: { at: Date }) => <time dateTime={at.toISOString()}>{CLOCK.format(at)}</time>;
