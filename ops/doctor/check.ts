import { failureInWords } from '../failure.ts';
import { say } from '../print.ts';
import { opsCommand, type Target } from '../target.ts';

/** What a check has found; what is not in order comes with the command to type. */
export type Finding =
  | { state: 'ok'; text: string }
  /** Worth a look, and perhaps meant. */
  | { state: 'note' | 'WRONG'; text: string; type: string };

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const note = (text: string, type: string): Finding => ({ state: 'note', text, type });
export const wrong = (text: string, type: string): Finding => ({ state: 'WRONG', text, type });

/** One thing that a deployment needs. */
export interface Check {
  name: string;
  /** The names of the checks that have to be in order for this one to mean anything. */
  needs: readonly string[];
  /** Whether there is nothing that corresponds on this machine. */
  onlyOnAws?: true;
  look: (target: Target) => Promise<Finding>;
}

export const deployCommand = (target: Target): string =>
  target.stage === undefined ? 'npm start' : `npx cdk deploy --all -c stage=${target.stage.name}`;

/** What is in the way of a check is a finding too: no permission, no connection. */
const look = (check: Check, target: Target): Promise<Finding> =>
  check
    .look(target)
    .catch((error: unknown) => wrong(failureInWords(error, target), opsCommand(target, 'doctor')));

/**
 * Goes through checks in their order and says what each finds.
 *
 * @returns how many found something wrong
 */
export const examine = async (checks: readonly Check[], target: Target): Promise<number> => {
  const widest = Math.max(...checks.map(({ name }) => name.length));
  const line = (state: string, name: string, text: string) =>
    say(`${state.padEnd(5)}  ${name.padEnd(widest)}  ${text}`);
  const unsound = new Set<string>();
  let faults = 0;
  for (const check of checks) {
    const missing = check.needs.filter((name) => unsound.has(name));
    if (missing.length > 0) {
      unsound.add(check.name);
      line('-', check.name, `not checked, since it needs: ${missing.join(', ')}`);
      continue;
    }
    const finding = await look(check, target);
    line(finding.state, check.name, finding.text);
    if (finding.state !== 'ok') line('', '', `type: ${finding.type}`);
    if (finding.state !== 'WRONG') continue;
    unsound.add(check.name);
    faults += 1;
  }
  return faults;
};
