import { useRef, useState } from 'preact/hooks';
import { PlanoError } from '../../client/src/errors.ts';
import { ask, type Outcome } from './ask.ts';
import { useBusy } from './busy.ts';
import { bodyAbout, type Section } from './sections.ts';
import { useVisit } from './visit.ts';

/**
 * The parameters that a form holds: those of a body, or those of a query that are not empty.
 *
 * @throws SyntaxError when a body is no JSON, or no object
 */
const paramsIn = (form: HTMLFormElement, text: string | undefined): object => {
  if (text === undefined)
    return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  const params: unknown = JSON.parse(text);
  if (typeof params === 'object' && params !== null && !Array.isArray(params)) return params;
  throw new SyntaxError('A body is an object, in curly brackets.');
};

/** Whether the API has judged a request, and not done it. */
const isRefused = (error: Error): boolean => error instanceof PlanoError && error.http < 500;

/**
 * How a route is tried: one request at a time; and what a dry run has proven may be sent in earnest, as it stands, by the same
 * visitor.
 */
export const useTrying = ({ path, body }: Section) => {
  const { order, visitor } = useVisit();
  const { isBusy, run } = useBusy();
  const [edited, setEdited] = useState<string>();
  const [trouble, setTrouble] = useState('');
  const [proven, setProven] = useState<string>();
  const [outcome, setOutcome] = useState<Outcome>();
  // Sent in earnest, and perhaps done though no answer said so: sent again as it is, it has the same key.
  const unsettled = useRef<{ asked: string; key: string | undefined }>(undefined);
  const text = body === undefined ? undefined : (edited ?? bodyAbout(order, body));
  // What one visitor may do says nothing of another, and what both send is not the same request.
  const asked = JSON.stringify([visitor?.token, text]);

  const edit = (changed: string | undefined): void => {
    setEdited(changed);
    setTrouble('');
  };

  const dryRun = async (params: object): Promise<void> => {
    const dry = await ask(path, { ...params, dry_run: true });
    setOutcome(dry);
    setProven(dry.came instanceof Error ? undefined : asked);
  };

  const sendInEarnest = async (params: object): Promise<void> => {
    const key = unsettled.current?.asked === asked ? unsettled.current.key : undefined;
    const earnest = await ask(path, params, key);
    const { came } = earnest;
    setOutcome(earnest);
    // What was refused is judged anew; what may have been done, or could not be, is sent again as it is.
    setProven(came instanceof Error && !isRefused(came) ? asked : undefined);
    unsettled.current = came instanceof Error ? { asked, key: came.idempotencyKey } : undefined;
  };

  const send = async (form: HTMLFormElement, isDry: boolean): Promise<void> => {
    let params: object;
    try {
      params = paramsIn(form, text);
    } catch (error) {
      setTrouble((error as SyntaxError).message);
      form.querySelector('textarea')?.focus();
      return;
    }
    await run(async () => {
      // It stays as it was sent, whichever order is seen meanwhile.
      setEdited(text);
      setOutcome(undefined);
      await (isDry ? dryRun(params) : sendInEarnest(params));
    });
  };

  const reset = (): void => {
    edit(undefined);
    setOutcome(undefined);
  };

  const isProven = proven === asked;
  return { text: text ?? '', edit, reset, trouble, isBusy, isProven, outcome, send };
};
