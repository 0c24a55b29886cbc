import { useState } from 'preact/hooks';
import { FullAnswer, RequestId, Summary } from './outcome.tsx';
import { Body, Query } from './params.tsx';
import type { Section } from './sections.ts';
import { useTrying } from './trying.ts';
import { useVisit } from './visit.ts';
import { VisitorButton } from './visitor-button.tsx';

interface Props {
  section: Section;
}

const Trying = ({ section }: Props) => {
  const { id, takesDryRun } = section;
  const { text, edit, reset, trouble, isBusy, isProven, outcome, send } = useTrying(section);
  const { visitor } = useVisit();
  const hint = `${id}-try-hint`;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget, takesDryRun);
      }}
      onReset={(event) => {
        // A body has no value of its own to go back to: its example may be about another order by now.
        if (section.body !== undefined) event.preventDefault();
        reset();
      }}
    >
      <p class="by">
        {visitor ? 'Requests are made as ' : 'Requests are made without a token. '}
        <VisitorButton />
      </p>
      {section.body === undefined ? (
        <Query section={section} />
      ) : (
        <Body id={`${id}-try-body`} text={text} onEdit={edit} trouble={trouble} />
      )}
      <div class="actions">
        <button type="submit" class="primary" aria-disabled={isBusy}>
          {takesDryRun ? 'Dry run' : 'Send'}
        </button>
        {takesDryRun && (
          <button
            type="button"
            aria-disabled={isBusy || !isProven}
            aria-describedby={hint}
            onClick={(event) => {
              if (isProven && event.currentTarget.form) void send(event.currentTarget.form, false);
            }}
          >
            Send
          </button>
        )}
        <button type="reset" class="plain">
          Reset
        </button>
      </div>
      {takesDryRun && (
        <p id={hint} class="soft">
          You can send what a dry run has accepted, as it stands.
        </p>
      )}
      <div class="outcome">
        <div role="status">
          {isBusy && <p>Sending …</p>}
          {outcome && <Summary outcome={outcome} />}
        </div>
        {outcome && <RequestId outcome={outcome} />}
        {outcome?.json && <FullAnswer outcome={outcome} />}
      </div>
    </form>
  );
};

/** Tries a route with its example or with anything else. It is drawn when it is opened for the first time. */
export const TryIt = ({ section }: Props) => {
  const [wasOpened, setWasOpened] = useState(false);
  return (
    <details class="try" onToggle={() => setWasOpened(true)}>
      <summary>
        Try it<span class="unseen">: {section.path}</span>
      </summary>
      {wasOpened && <Trying section={section} />}
    </details>
  );
};
