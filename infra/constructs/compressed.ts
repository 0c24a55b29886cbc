import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { CompressedText } from '../../functions/documents/served-document.ts';

/** Compressed as well as can be: that is done once, when a document is built. */
export const compressed = (text: string): CompressedText => {
  const gzip = gzipSync(text, { level: 9 });
  // The header's byte that names the operating system: unknown (RFC 1952), so that the build is the same on all.
  gzip[9] = 255;
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) };
  return { br: brotliCompressSync(text, { params: size }).toString('base64'), gzip: gzip.toString('base64') };
};
