import { type ComponentChildren, createContext, type InputHTMLAttributes } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Fault, PostOptions } from '../../client/src/index.ts';
import { useAction } from './action.tsx';
import { FailureNotice } from './failure-notice.tsx';

const NONE: readonly Fault[] = [];
/** What is wrong with a form as a whole. */
const FaultsContext = createContext(NONE);

/** What a form holds, by the names of its fields, which are those of the API's parameters. */
export type Values<Name extends string> = Record<Name, string>;

interface FormProps<Name extends string> {
  /**
   * Does what the form is for. What the API finds wrong with a field stands at that field; all else above the form.
   *
   * @param how as of `useAction`: a key goes with the same values alone, or the API would refuse the others
   */
  act: (values: Values<Name>, how: PostOptions) => Promise<void>;
  /** What is on its button, also while it is under way. */
  submit: string;
  underWay: string;
  children: ComponentChildren;
}

export const Form = <Name extends string>({ act, submit, underWay, children }: FormProps<Name>) => {
  const form = useRef<HTMLFormElement>(null);
  const tried = useRef('');
  const { busy, failure, run } = useAction(async (how) => {
    const values = Object.fromEntries(new FormData(form.current ?? undefined)) as Values<Name>;
    const isSame = JSON.stringify(values) === tried.current;
    tried.current = JSON.stringify(values);
    await act(values, isSame ? how : {});
  });
  const faults = failure?.faults ?? NONE;
  const elsewhere = faults.filter(({ param }) => !form.current?.elements.namedItem(param));

  return (
    <>
      {failure && (faults.length === 0 || elsewhere.length > 0) && (
        <FailureNotice failure={failure} faults={elsewhere} />
      )}
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <FaultsContext.Provider value={faults}>{children}</FaultsContext.Provider>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? underWay : submit}
        </button>
      </form>
    </>
  );
};

interface FieldProps {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'tel' | 'password';
  /** What browsers and password managers go by. */
  autocomplete: string;
  inputMode?: 'numeric';
  /** Whether it may be left empty. */
  optional?: boolean;
  /** Whether it has several lines. */
  lines?: boolean;
  /** What is good to know before. */
  hint?: string;
}

/** A field of a form, with what the API has found wrong with it. */
export const Field = ({ name, label, type = 'text', optional, lines, hint, ...input }: FieldProps) => {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const ref = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const ofForm = useContext(FaultsContext);
  const faults = ofForm.filter(({ param }) => param === name);
  const isWrong = faults.length > 0;
  useLayoutEffect(() => {
    const first = ref.current?.form?.querySelector('[aria-invalid=true]');
    // The first that is wrong has the focus, so that one goes on there and hears why.
    if (!first || first !== ref.current) return;
    ref.current.focus();
    ref.current.select();
  }, [ofForm]);
  const field = {
    ref,
    id,
    name,
    required: !optional,
    'aria-invalid': isWrong,
    'aria-describedby': `${hint ? `${id}-hint` : ''} ${isWrong ? `${id}-faults` : ''}`.trim() || undefined,
    ...input,
  };
  // The compiler knows of each type what goes with it, and not of several.
  const attributes = { ...field, type: isShown ? 'text' : type } as InputHTMLAttributes<HTMLInputElement>;
  const written = <input {...attributes} />;
  return (
    <>
      <label for={id}>
        {label}
        {optional && <span class="soft"> (optional)</span>}
      </label>
      {type === 'password' ? (
        <div class="secret">
          {written}
          <button type="button" aria-pressed={isShown} aria-controls={id} onClick={() => setShown(!isShown)}>
            Show<span class="unseen"> what is typed</span>
          </button>
        </div>
      ) : lines ? (
        <textarea rows={3} {...field} />
      ) : (
        written
      )}
      {hint && (
        <p id={`${id}-hint`} class="hint soft">
          {hint}
        </p>
      )}
      {isWrong && (
        <div id={`${id}-faults`} class="fault">
          {faults.map(({ code, message }) => (
            <p key={code}>{message}</p>
          ))}
        </div>
      )}
    </>
  );
};
