import type { InputHTMLAttributes } from 'preact';
import { useContext, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { FaultsContext } from './form.tsx';

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
        <div id={`${id}-faults`} class="fault" role="alert">
          {faults.map(({ code, message }) => (
            <p key={code}>{message}</p>
          ))}
        </div>
      )}
    </>
  );
};
