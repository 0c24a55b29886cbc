import { type AuditEntry, audited } from '../audit/audit.ts';
import type { Email } from '../outbox/email.ts';
import type { Write } from '../table/write.ts';
import type { Outcome, WordedAnswer, Work } from './action.ts';
import type { Exchange } from './exchange.ts';

/** Work as an action gathers it, whatever is then made of it. */
export abstract class GatheredWork<Data> implements Work<Data> {
  protected readonly exchange: Exchange;
  protected readonly writes: Write[] = [];
  protected readonly messages: Email[] = [];
  protected readonly later: Email[] = [];

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  add(...writes: readonly Write[]): this {
    this.writes.push(...writes);
    return this;
  }

  send(...messages: readonly Email[]): this {
    this.messages.push(...messages);
    return this;
  }

  sendLater(...messages: readonly Email[]): this {
    this.later.push(...messages);
    return this;
  }

  record(about: AuditEntry['about'], given: Partial<Pick<AuditEntry, 'action' | 'by'>> = {}): this {
    const { route, identity, now, functionVersion } = this.exchange;
    const { action = route?.path, by = identity.caller } = given;
    if (action === undefined || by === undefined) throw new Error('nobody is there to have done it');
    return this.add(
      audited({
        at: now.toISOString(),
        by: { kind: by.kind, id: by.id },
        action,
        about,
        release: `version ${functionVersion}`,
      }),
    );
  }

  abstract commit(outcome: Outcome<Data>): Promise<WordedAnswer>;
}
