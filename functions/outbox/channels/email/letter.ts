/**
 * What an e-mail says, before it is plain text or HTML: both are made of it, so that they cannot say different things.
 *
 * `given` is what somebody wrote, which is shown as it is and means nothing in HTML.
 */
export type Words = string | { strong: string } | { given: string };
export type Line = readonly Words[];
export type Block =
  | { paragraph: Line }
  | { heading: string }
  /** An address of ours to go to, alone on its line. */
  | { link: string }
  /** What somebody wrote, in however many lines. */
  | { label: string; given: string }
  /** Names that somebody wrote, each with what we say of it. */
  | { table: readonly { given: string; is: string }[] }
  | { list: readonly Line[] };
export interface Letter {
  subject: string;
  blocks: readonly Block[];
}
