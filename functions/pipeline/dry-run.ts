import { findClient } from '../clients/clients.ts';
import { DRY_RUN_MESSAGE } from '../contract/statuses.ts';
import { keyOf } from '../table/write.ts';
import type { Outcome, WordedAnswer } from './action.ts';
import { type Exchange, need } from './exchange.ts';
import { GatheredWork } from './gathered-work.ts';

/**
 * Whether the request is a dry run. One that asks for it in words that mean nothing will be refused for them, and until then it is
 * none that may do anything.
 */
export const isDryRun = ({ route, raw }: Pick<Exchange, 'route' | 'raw'>): boolean =>
  route?.preview !== undefined && raw?.dry_run !== undefined && raw.dry_run !== false;

/** The work of a dry run: it is judged and told like any other, and never done. It makes no call that writes. */
export class DryRun<Data> extends GatheredWork<Data> {
  async commit({ preview }: Outcome<Data>): Promise<WordedAnswer> {
    await this.#judgeClaims();
    return {
      status: 'action-successful',
      message: DRY_RUN_MESSAGE,
      data_json: JSON.stringify({ ...preview?.(), email: await this.#email() }),
    };
  }

  /** The e-mail that would be sent: none to a client whose address nobody has verified. */
  async #email(): Promise<object | null> {
    const [{ kind, subject, text, client_id } = {}] = this.messages;
    if (kind === undefined) return null;
    const client = client_id && (await findClient(need(this.exchange, 'table'), client_id));
    return client && client.email_verified === false ? null : { kind, subject, text };
  }

  /**
   * Refuses what the transaction would. Its other conditions need no look: an order was compared with what the client has seen of
   * it when it was read, and an id or a time that is made now is not the one that will be made in earnest.
   */
  async #judgeClaims(): Promise<void> {
    const table = need(this.exchange, 'table');
    const claims = this.writes.filter(({ isClaim }) => isClaim);
    const rows = await Promise.all(claims.map((claim) => table.get(keyOf(claim))));
    const taken = rows.findIndex((row) => row !== undefined);
    const refused = claims[taken]?.refused(rows[taken]);
    if (refused !== undefined) throw refused;
  }
}
