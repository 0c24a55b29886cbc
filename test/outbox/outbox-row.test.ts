import { describe, expect, it } from 'vitest';
import { emailRows, emailSummaryRows } from '../../functions/outbox/outbox-row.ts';
import { viewOfEmail } from '../../functions/routes/operations/emails/view-of-email.ts';
import { partitions } from '../../functions/table/partitions.ts';
import type { Row } from '../../functions/table/row.ts';
import { UnreadableRow } from '../../functions/table/row-kind.ts';
import rows from '../releases/0.2.0/rows.json' with { type: 'json' };

const ofEmails = (rows.rows as Row[]).filter(({ pk }) => String(pk).startsWith(partitions.email));

describe('the e-mails of release 0.2.0', () => {
  it('Release 0.2.0 has left e-mails in each state in which it could', () => {
    expect(new Set(ofEmails.map(({ state }) => state))).toEqual(
      new Set(['unsent', 'parked', 'sent', 'discarded']),
    );
  });

  it.each(ofEmails)('An e-mail of release 0.2.0 can be read, and shown ($pk, $state)', (row) => {
    const email = emailRows.read(row);
    expect(row).toMatchObject(email);
    expect(email).toMatchObject({ text: row.text, html: row.html, attempts: row.attempts });
    expect(viewOfEmail(emailSummaryRows.read(row))).toMatchObject({
      email_id: row.email_id,
      subject: row.subject,
      state: row.state,
    });
  });
});

describe('an e-mail of a later release', () => {
  const [row] = ofEmails;
  const later: Row = { ...row, state: 'bounced', kind: 'invoice', priority: 1, schema_version: 2 };

  it('An e-mail of a later release is read with its state and its kind, and without what is not known', () => {
    const { kind, state, ...more } = emailRows.read(later);
    expect({ kind, state }).toEqual({ kind: 'invoice', state: 'bounced' });
    expect(more).not.toHaveProperty('priority');
    expect(viewOfEmail(emailSummaryRows.read(later))).toMatchObject({ kind: 'invoice', state: 'bounced' });
  });

  it('An e-mail that says too little to be one is told by its key', () => {
    const { client_id: _, ...part } = later;
    expect(emailRows.read({ ...part, user_id: 7 })).toMatchObject({ user_id: 7 });
    expect(() => emailRows.read(part)).toThrow(UnreadableRow);
    expect(() => emailRows.read(part)).toThrow(`${row?.pk} EMAIL`);
  });
});
