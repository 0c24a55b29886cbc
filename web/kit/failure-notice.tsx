import type { ComponentChildren } from 'preact';
import type { Failure } from './failure.ts';
import { waitInWords } from './wait.ts';

interface Props {
  failure: Failure;
  /** Those that are shown nowhere else; all, when it is not given. */
  faults?: Failure['faults'];
  /** What it means for what is shown, if that is more than that something was not done. */
  children?: ComponentChildren;
}

/** What was not done and why, in the API's own words, with the id by which it is found in the logs. */
export const FailureNotice = ({ failure, faults = failure.faults, children }: Props) => (
  <div class="notice failure" role="alert">
    {children}
    {faults.length > 0 ? (
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.param} ${fault.code}`}>{fault.message}</li>
        ))}
      </ul>
    ) : (
      <p>
        {failure.message}
        {failure.retryAfter !== undefined && ` Try again in ${waitInWords(failure.retryAfter)}.`}
      </p>
    )}
    {failure.requestId && (
      <p class="soft">
        Request <code>{failure.requestId}</code>
      </p>
    )}
  </div>
);
