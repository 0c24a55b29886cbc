import * as z from 'zod';
import { TableUnavailable } from '../functions/table/retry.ts';
import { UnreadableRow } from '../functions/table/row-kind.ts';
import { OpsError, opsCommand, type Place } from './target.ts';

/** Errors by which AWS refuses whoever asks, when credentials end while a command runs. */
const REFUSED =
  /^(ExpiredToken|ExpiredTokenException|CredentialsProviderError|UnrecognizedClientException|InvalidClientTokenId)$/;

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim();

/**
 * What went wrong, in one line for whoever typed the command, without the stack.
 *
 * @param place where the command acts, for the one that tells more
 */
export const failureInWords = (error: unknown, place: Place): string => {
  // How often it was asked is for the log; what came of it the last time is for whoever waits.
  if (error instanceof TableUnavailable) return failureInWords(error.cause, place);
  if (error instanceof UnreadableRow) {
    const { pk, sk } = error.key;
    return `${oneLine(error.message)}; see: ${opsCommand(place, `rows show '${pk}' '${sk}'`)}`;
  }
  if (error instanceof z.core.$ZodError) {
    const [issue] = error.issues;
    return `What was read is not as it should be: ${issue?.path.join('.') || 'all of it'}: ${issue?.message}.`;
  }
  if (!(error instanceof Error)) return oneLine(String(error));
  if (error instanceof OpsError) {
    const { message, see } = error;
    return see === undefined ? message : `${message}; see: ${opsCommand(place, see)}`;
  }
  const { name, message } = error;
  const code = z.object({ code: z.string() }).safeParse(error).data?.code;
  if (name === 'TimeoutError')
    return 'No answer came in time, so it was given up. If it was to change something, that may have been done.';
  if (code !== undefined) return oneLine(`No answer came, so it was given up (${code}: ${message}).`);
  if (REFUSED.test(name)) return oneLine(`AWS takes the credentials no more (${name}: ${message}).`);
  return oneLine(`${name}: ${message}`);
};
