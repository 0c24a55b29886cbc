/** Attempts to prove something; both throw when too many have failed. */
interface Attempts {
  permit(): Promise<unknown>;
  record(): Promise<void>;
}

/**
 * What is answered again to whoever sends again how a password was set: nothing more, if it is that password; undefined if it is
 * another. That is counted, or whoever has the key could try passwords here.
 */
export const ifPasswordIsRight = async (
  attempts: Attempts,
  isRight: () => Promise<boolean>,
): Promise<Record<string, never> | undefined> => {
  await attempts.permit();
  if (await isRight()) return {};
  await attempts.record();
  return undefined;
};
