import { useVisit, type Visitor } from './visit.ts';
import { DIALOG } from './visitor-dialog.tsx';

const labelOf = (visitor: Visitor | undefined): string => {
  if (visitor === undefined) return 'Sign in';
  return visitor.name === undefined ? 'Your token' : visitor.name;
};

/** Says by whom requests are made, and opens the dialog in which that is changed. */
export const VisitorButton = () => {
  const { visitor } = useVisit();
  const open = () => (document.getElementById(DIALOG) as HTMLDialogElement | null)?.showModal();
  return (
    <button type="button" class="plain visitor" aria-haspopup="dialog" onClick={open}>
      {labelOf(visitor)}
    </button>
  );
};
