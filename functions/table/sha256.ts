import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

type Secret = string | ArrayBuffer | ArrayBufferView;

/** Keys as Node wants them, by the bytes of which they are: a signing key is the same for a day, and made anew takes 11 µs each time. */
const keys = new WeakMap<object, KeyObject>();

const bytesOf = (secret: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);

const keyOf = (secret: Secret): string | KeyObject => {
  if (typeof secret === 'string') return secret;
  const key = keys.get(secret) ?? createSecretKey(bytesOf(secret));
  keys.set(secret, key);
  return key;
};

/**
 * SHA-256, or with a secret its HMAC, as clients of the SDK take it to sign requests, in less time than by their own: a text is hashed
 * at once, and a key that comes again is not made again.
 */
export class Sha256 {
  readonly #secret: Secret | undefined;
  #parts: Uint8Array[] = [];

  constructor(secret?: Secret) {
    this.#secret = secret;
  }

  update(data: Uint8Array): void {
    this.#parts.push(data);
  }

  async digest(): Promise<Uint8Array> {
    const [first, ...others] = this.#parts;
    const data = first !== undefined && others.length === 0 ? first : Buffer.concat(this.#parts);
    return this.#secret === undefined
      ? hash('sha256', data, 'buffer')
      : createHmac('sha256', keyOf(this.#secret)).update(data).digest();
  }

  reset(): void {
    this.#parts = [];
  }
}
