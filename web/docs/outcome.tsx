import { NoAnswerError } from '../../client/src/errors.ts';
import type { Outcome } from './ask.ts';

const statusOf = ({ came }: Outcome): string => (came instanceof NoAnswerError ? 'no answer' : came.status);

interface Props {
  outcome: Outcome;
}

/** What came of a request, in short, as it is read out as well: its status, and what is wrong. */
export const Summary = ({ outcome }: Props) => {
  const { came, message, http } = outcome;
  const faults = 'errors' in came ? came.errors : [];
  return (
    <>
      <p>
        <code>{statusOf(outcome)}</code>{' '}
        {http !== undefined && <span class={`http h${String(http)[0]}`}>{http}</span>}
      </p>
      <p>{message}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map(({ param, code, message: sentence }) => (
            <li key={`${param} ${code}`}>
              <code>{param}</code>{' '}
              <a href={`#code-${code}`}>
                <code>{code}</code>
              </a>
              <br />
              {sentence}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};

/** By which the request is found in the logs. */
export const RequestId = ({ outcome: { came } }: Props) => (
  <p class="request-id">
    {came.requestId && (
      <>
        Request <code>{came.requestId}</code>
      </>
    )}
    {'replayed' in came && came.replayed && ', answered as the first time'}
  </p>
);

/** The answer in full. It may be long, and then it is scrolled, also by keyboard. */
export const FullAnswer = ({ outcome: { json } }: Props) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must be reachable by keyboard
  <section tabIndex={0} aria-label="Answer">
    <pre>
      <code>{json}</code>
    </pre>
  </section>
);
