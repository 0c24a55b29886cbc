/** What looks like an e-mail address or a token of ours. */
const PERSONAL = /[^\s"<>@:,]+@[^\s"'<>@:,]+|\b(?:ses|app)_[\w-]{20,}/g;
const mask = (text: string): string => text.replaceAll(PERSONAL, '***');

/** So much of a fault goes into a line of the log, which costs by its length: enough to see what and where it was. */
const [MOST_CHARACTERS, MOST_FRAMES, MOST_CAUSES] = [1_000, 15, 3];

const withCauses = (fault: unknown, causes: number): Record<string, unknown> =>
  fault instanceof Error
    ? {
        name: mask(fault.name),
        message: mask(fault.message).slice(0, MOST_CHARACTERS),
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
