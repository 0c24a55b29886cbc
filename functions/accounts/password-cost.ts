/** OWASP's first choice of a cost for scrypt (Password Storage Cheat Sheet): 128 MiB, which a function's memory must hold. */
export const OWASP_COST = 2 ** 17;

/** What a function that hashes passwords finds in its environment besides. */
export interface PasswordEnvironment {
  /** scrypt's cost, a power of two. No stage has another than OWASP's; tests do, which would wait for it for minutes. */
  SCRYPT_COST: string;
}
