import { useRef, useState } from 'preact/hooks';
import { ask, type Outcome } from './ask.ts';
import { useBusy } from './busy.ts';
import { Summary } from './outcome.tsx';
import { currentVisit, keepVisitor, useVisit, type Visitor } from './visit.ts';

/** Its id, by which it is opened. */
export const DIALOG = 'visitor';

interface FormProps {
  /** Takes what the form holds. */
  onSubmit: (values: Record<string, string>) => void;
  isBusy?: boolean;
}

/** Has the script take what a form holds, which the browser itself would put into an address. */
const taking = (onSubmit: FormProps['onSubmit']) => (event: SubmitEvent) => {
  event.preventDefault();
  const values = new FormData(event.currentTarget as HTMLFormElement);
  onSubmit(Object.fromEntries(values) as Record<string, string>);
};

const SignIn = ({ onSubmit, isBusy }: FormProps) => (
  <form onSubmit={taking(onSubmit)}>
    <label for="visitor-email">E-mail address</label>
    <input id="visitor-email" name="email" type="email" autocomplete="username" required />
    <label for="visitor-password">Password</label>
    <input id="visitor-password" name="password" type="password" autocomplete="current-password" required />
    <button type="submit" class="primary" aria-disabled={isBusy}>
      {isBusy ? 'Signing in …' : 'Sign in'}
    </button>
  </form>
);

/** A token is typed as a password is, so that nobody reads it over a shoulder. */
const PasteToken = ({ onSubmit }: FormProps) => (
  <form onSubmit={taking(onSubmit)}>
    <label for="visitor-token">Token of a session or an application</label>
    <input
      id="visitor-token"
      name="token"
      type="password"
      autocomplete="off"
      pattern="(ses|app)_[\w\-]+"
      title="It begins with ses_ or app_."
      required
    />
    <button type="submit">Use this token</button>
  </form>
);

interface SignedInProps {
  visitor: Visitor;
  isBusy: boolean;
  onEnd: () => void;
}

const SignedIn = ({ visitor: { name }, isBusy, onEnd }: SignedInProps) => (
  <>
    <p>{name === undefined ? 'Requests are made with your token.' : `Requests are made as ${name}.`}</p>
    <button type="button" class="primary" aria-disabled={isBusy} onClick={onEnd}>
      {name === undefined ? 'Forget the token' : 'Sign out'}
    </button>
  </>
);

/** Where the reader says by whom requests are made. It opens over the page, which stays where it is read. */
export const VisitorDialog = () => {
  const { visitor } = useVisit();
  const { isBusy, run } = useBusy();
  const [outcome, setOutcome] = useState<Outcome>();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => dialog.current?.close();

  /** Closes it when nothing is left to say. */
  const tell = (came: Outcome, isSettled: boolean): void => {
    setOutcome(isSettled ? undefined : came);
    if (isSettled) close();
    else dialog.current?.querySelector<HTMLInputElement>('[name=password]')?.select();
  };

  const signIn = (params: object) =>
    run(async () => {
      const came = await ask('sessions/create', params);
      // Also one of somebody without a role, which is client-required.
      tell(came, currentVisit().visitor !== undefined);
    });

  const end = () =>
    run(async () => {
      // A token that was pasted is in use elsewhere.
      const came = visitor?.name === undefined ? undefined : await ask('sessions/destroy', {});
      // It is forgotten here whatever the API says; that it has ended before is nothing to be told.
      const isEnded = currentVisit().visitor === undefined || !(came?.came instanceof Error);
      keepVisitor(undefined);
      if (came) tell(came, isEnded);
      else close();
    });

  const paste = ({ token = '' }: Record<string, string>) => {
    keepVisitor({ token });
    close();
  };

  return (
    <dialog
      id={DIALOG}
      ref={dialog}
      aria-labelledby={`${DIALOG}-title`}
      onClose={(event) => {
        for (const form of event.currentTarget.querySelectorAll('form')) form.reset();
        setOutcome(undefined);
      }}
    >
      <h2 id={`${DIALOG}-title`}>Try the API</h2>
      <p class="soft">Requests go to the API that this page belongs to. Only this tab remembers the token.</p>
      <div role="alert">
        {outcome && (
          <div class="notice failure">
            <Summary outcome={outcome} />
          </div>
        )}
      </div>
      {visitor ? (
        <SignedIn visitor={visitor} isBusy={isBusy} onEnd={end} />
      ) : (
        <>
          <SignIn onSubmit={signIn} isBusy={isBusy} />
          <PasteToken onSubmit={paste} />
        </>
      )}
      <button type="button" class="plain" onClick={close}>
        Close
      </button>
    </dialog>
  );
};
