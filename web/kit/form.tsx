import { type ComponentChildren, createContext } from 'preact';
import { useRef } from 'preact/hooks';
import type { Fault, PostOptions } from '../../client/src/index.ts';
import { useAction } from './action.tsx';
import { FailureNotice } from './failure-notice.tsx';

const NONE: readonly Fault[] = [];
/** What is wrong with a form as a whole. */
export const FaultsContext = createContext(NONE);

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
