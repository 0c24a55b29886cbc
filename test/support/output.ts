import { afterEach, beforeEach, vi } from 'vitest';
import { expectNothingPersonal } from './personal.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a line holds is for the test to know.
type Line = any;

/** What a function writes in a test, instead of writing it: its log, of which some lines hold metrics. */
export class Output {
  #text = '';

  /** Made at the top of a file, it catches the output of each of its tests. */
  constructor() {
    const keep = (chunk: unknown): boolean => {
      this.#text += String(chunk);
      return true;
    };
    beforeEach(() => {
      this.#text = '';
      vi.spyOn(process.stdout, 'write').mockImplementation(keep);
      vi.spyOn(process.stderr, 'write').mockImplementation(keep);
    });
    afterEach(() => {
      vi.restoreAllMocks();
      expectNothingPersonal('the output', this.#text);
    });
  }

  /** Everything, as it was written. */
  get text(): string {
    return this.#text;
  }
  /** The log's lines. */
  get log(): Line[] {
    return this.#lines;
  }
  /** Those of them that CloudWatch reads metrics out of. */
  get metrics(): Line[] {
    return this.#lines.filter((line) => '_aws' in line);
  }

  get #lines(): Line[] {
    return this.#text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }
}
