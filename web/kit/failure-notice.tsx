import type { ComponentChildren } from 'preact';
import type { Failure } from './failure.ts';

interface Props {
  failure: Failure;
  /** What it means for what is shown, if that is more than that something was not done. */
  children?: ComponentChildren;
}

/** What was not done and why, in the API's own words, with the id by which it is found in the logs. */
export const FailureNotice = ({ failure: { message, faults, requestId }, children }: Props) => (
  <div class="notice failure" role="alert">
    {children}
    <p>{message}</p>
    {faults.length > 0 && (
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.param} ${fault.code}`}>{fault.message}</li>
        ))}
      </ul>
    )}
    {requestId && (
      <p class="soft">
        Request <code>{requestId}</code>
      </p>
    )}
  </div>
);
