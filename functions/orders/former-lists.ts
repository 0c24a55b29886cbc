import type { OrderStatus } from './order.ts';
import { AFTER_ALL_PLACES, formerSharedLists } from './order-row.ts';

/**
 * How far the lists reach into which release 0.2 wrote besides. Nothing is put into them any more, since its functions are gone
 * before those of this release come, and an order leaves them with its next change. So what an instance has seen of the newest order
 * in each holds for good, and pages of newer orders are read without them.
 */
export class FormerLists {
  readonly #ends = new Map<string, string>();

  /** Those lists that may have an order after a place, as far as is known. */
  reaching(place: string, statuses: readonly OrderStatus[]): string[] {
    return statuses
      .flatMap(formerSharedLists)
      .filter((list) => (this.#ends.get(list) ?? AFTER_ALL_PLACES) > place);
  }

  /** Notes that a list has no order after a place. */
  endsAt(list: string, place: string): void {
    this.#ends.set(list, place);
  }
}
