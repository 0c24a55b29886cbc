/** The namespace of all metrics. */
export const NAMESPACE = 'PlanoOrders';

/** What looks like an e-mail address or a token of ours. */
const PERSONAL = /[^\s"<>@:,]+@[^\s"'<>@:,]+|\b(?:ses|app)_[\w-]{20,}/g;
const mask = (text: string): string => text.replaceAll(PERSONAL, '***');

/** A fault for the log: where it happened and what it says, without anything personal that its message may quote. */
export const described = (fault: unknown): Record<string, unknown> =>
  fault instanceof Error
    ? {
        name: mask(fault.name),
        message: mask(fault.message),
        // The message stands at the stack's head, and may have lines that look like the others.
        stack: fault.stack
          ?.replace(fault.message, '')
          .split('\n')
          .filter((line) => line.trimStart().startsWith('at ')),
        ...(fault.cause !== undefined && { cause: described(fault.cause) }),
      }
    : { name: typeof fault };
