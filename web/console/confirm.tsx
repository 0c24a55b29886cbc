import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  question: string;
  explanation: string;
  yes: string;
  no: string;
  onAnswer: (confirmed: boolean) => void;
}

/** Asks before what cannot be undone. The browser's own dialog keeps the focus in it, and gives it back. */
export const Confirm = ({ question, explanation, yes, no, onAnswer }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const close = (answer: 'yes' | 'no') => () => dialog.current?.close(answer);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-explanation`}
      onClose={() => onAnswer(dialog.current?.returnValue === 'yes')}
    >
      <h2 id={`${id}-question`}>{question}</h2>
      <p id={`${id}-explanation`}>{explanation}</p>
      <div class="actions">
        <button type="button" onClick={close('no')}>
          {no}
        </button>
        <button type="button" class="danger" onClick={close('yes')}>
          {yes}
        </button>
      </div>
    </dialog>
  );
};
