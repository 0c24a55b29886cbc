import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256 } from '../../functions/table/sha256.ts';

/** What Node's own comes to, of the whole. */
const expectedOf = (secret: string | Uint8Array | undefined, data: Uint8Array): number[] => [
  ...(secret === undefined ? createHash('sha256') : createHmac('sha256', secret)).update(data).digest(),
];

const bytes = fc.uint8Array({ maxLength: 200 });
const secret = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.uint8Array({ minLength: 1, maxLength: 80 }),
  fc.constant(undefined),
);

it('A hash, and a signature by any secret, is the same of parts as of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(secret, fc.array(bytes, { maxLength: 4 }), async (key, parts) => {
      const ours = new Sha256(key);
      for (const part of parts) ours.update(part);
      expect([...(await ours.digest())]).toEqual(expectedOf(key, Buffer.concat(parts)));
    }),
  );
});

it('A signature is the same when its key is used again, and what was given before a reset is not in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 80 }), bytes, async (key, data) => {
      const signed = async () => {
        const ours = new Sha256(key);
        ours.update(new Uint8Array([1]));
        ours.reset();
        ours.update(data);
        return [...(await ours.digest())];
      };
      const expected = expectedOf(key, data);
      expect([await signed(), await signed()]).toEqual([expected, expected]);
    }),
  );
});
