import { describe, expect, it } from 'vitest';
import { idempotencyRows, rowOfRecord } from '../../functions/table/idempotency-record.ts';

const KEY = { pk: 'IDEMPOTENCY#x', sk: 'IDEMPOTENCY' };

describe('a record of release 0.2', () => {
  const old = { ...KEY, fingerprint: 'f', salt: 's', expires_at: 1 };

  it('A record of release 0.2 is what was answered, in the order in which it was, which a map does not keep', () => {
    const order = {
      appointments: [],
      updated_at: '2026-11-02T09:30:00.000Z',
      status: 'open',
      line_items: [{ quantity: 2, name: 'Hedge', line_item_id: 5 }],
      notes: 'Ring twice.',
      client_id: 3,
      created_at: '2026-11-02T09:30:00.000Z',
      order_id: 7,
    };
    const { data_json, ...record } = idempotencyRows.read({ ...old, data: { order }, email_id: 9 });
    expect(record).toEqual({
      pk: KEY.pk,
      fingerprint: 'f',
      salt: 's',
      status: 'action-successful',
      message: 'Done.',
      unsent_message: 'The change is saved, but its e-mail could not be sent. The team has been notified.',
      client_id: 3,
      email_ids: [9],
    });
    expect(data_json).toBe(
      '{"order":{"order_id":7,"client_id":3,"status":"open","notes":"Ring twice.",' +
        '"created_at":"2026-11-02T09:30:00.000Z","updated_at":"2026-11-02T09:30:00.000Z",' +
        '"line_items":[{"line_item_id":5,"name":"Hedge","quantity":2}],"appointments":[]}}',
    );
  });

  it('A record of release 0.2 about an e-mail has another order of the same names', () => {
    const last_failure = { at: 'now', cause: 'spam', kind: 'rejected' };
    const email = { last_failure, order_id: 7, client_id: 3, email_id: 9 };
    expect(idempotencyRows.read({ ...old, data: { email } }).data_json).toBe(
      '{"email":{"email_id":9,"client_id":3,"order_id":7,"last_failure":{"kind":"rejected","cause":"spam","at":"now"}}}',
    );
  });

  it('A record of release 0.2 without data is that of somebody who has to become a client', () => {
    const record = idempotencyRows.read(old);
    expect(record).toMatchObject({
      status: 'client-required',
      message: expect.stringContaining('Register as'),
    });
    expect(record.data_json).toBeUndefined();
  });
});

it('A record of a later release is read by what it has in common with ours', () => {
  const ours = { ...KEY, fingerprint: 'f', salt: 's', status: 'accepted', message: 'Fine.', data_json: '{}' };
  expect(idempotencyRows.read({ ...ours, schema_version: 3, more: 1 })).toMatchObject({
    status: 'accepted',
    message: 'Fine.',
  });
});

it('A record whose data are no JSON any more cannot be read, and is never answered with', () => {
  const record = {
    ...KEY,
    fingerprint: 'f',
    salt: 's',
    status: 'accepted',
    message: 'Fine.',
    schema_version: 2,
  };
  expect(idempotencyRows.read({ ...record, data_json: '{"a":1}' })).toBeDefined();
  expect(() => idempotencyRows.read({ ...record, data_json: '{nonsense' })).toThrow('cannot be read');
});

describe('an answer', () => {
  const record = { fingerprint: 'f', salt: 's', status: 'accepted', message: 'Fine.' };
  const readAgain = (data_json: string | undefined) =>
    idempotencyRows.read({ ...KEY, ...rowOfRecord({ ...record, data_json }) }).data_json;

  it.each([
    ['none', undefined],
    ['a short one', '{"number":7}'],
    ['a long one', JSON.stringify({ notes: 'Ring twice. \u00e9\u{1F415} '.repeat(200) })],
    ['one at the border', JSON.stringify('x'.repeat(498))],
    ['one just over the border', JSON.stringify('x'.repeat(499))],
  ])('What was answered is read word for word as it was written: %s', (_, data_json) => {
    expect(readAgain(data_json)).toBe(data_json);
  });

  it('A long answer takes less room in a row than its text', () => {
    const data_json = JSON.stringify({ notes: 'Ring twice. '.repeat(100) });
    const { data_deflated, ...others } = rowOfRecord({ ...record, data_json });
    expect((data_deflated as Uint8Array).length).toBeLessThan(data_json.length / 2);
    expect(Object.keys(others)).not.toContain('data_json');
  });

  it('A record whose answer cannot be inflated cannot be read', () => {
    const row = { ...KEY, ...rowOfRecord({ ...record, data_json: undefined }) };
    const bytes = (text: string) => new Uint8Array(Buffer.from(text));
    expect(() => idempotencyRows.read({ ...row, data_deflated: bytes('nonsense') })).toThrow(
      'cannot be read',
    );
  });
});
