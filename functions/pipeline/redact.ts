/** What looks like an e-mail address or a token of ours. */
const PERSONAL = /[^\s"<>@:,]+@[^\s"'<>@:,]+|\b(?:ses|app|ver|res)_[\w-]{20,}/g;
const mask = (text: string): string => text.replaceAll(PERSONAL, '***');

/** So much of a fault goes into a line of the log, which costs by its length: enough to see what and where it was. */
const [MOST_CHARACTERS, MOST_FRAMES, MOST_CAUSES] = [1_000, 15, 3];

/**
 * A text for the log: short, and without anything personal. It is cut first, since looking for that takes the square of the
 * length; what may be half of an address or of a token at the cut goes with the rest.
 */
const told = (text: string): string =>
  mask(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS).replace(/\S+$/, '…') : text);

const withCauses = (fault: unknown, causes: number): Record<string, unknown> =>
  fault instanceof Error
    ? {
        name: told(fault.name),
        message: told(fault.message),
        // The message stands at the stack's head, and may have lines that look like the others.
        stack: fault.stack
          ?.replace(fault.message, '')
          .split('\n')
          .filter((line) => line.trimStart().startsWith('at '))
          .slice(0, MOST_FRAMES),
        // How often something was tried, before it was given up.
        ...('tries' in fault && { tries: fault.tries }),
        ...(fault.cause !== undefined && causes > 0 && { cause: withCauses(fault.cause, causes - 1) }),
      }
    : { name: typeof fault };

/** A fault for the log: where it happened and what it says, without anything personal that its message may quote. */
export const described = (fault: unknown): Record<string, unknown> => withCauses(fault, MOST_CAUSES);
