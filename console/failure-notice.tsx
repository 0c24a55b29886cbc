import type { Failure } from './failure.ts';

/** What was not done and why, in the API's own words, with the id by which it is found in the logs. */
export const FailureNotice = ({ failure: { message, faults, requestId } }: { failure: Failure }) => (
  <div class="notice failure" role="alert">
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
