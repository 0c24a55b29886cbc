/** Node's zlib takes as long to load as a tenth of what a function starts with, and few requests need it. */
const zlib = () => process.getBuiltinModule('node:zlib');

export const deflated = (text: string): Uint8Array => zlib().deflateRawSync(text);

/** @throws when it is nothing that was deflated */
export const inflated = (bytes: Uint8Array): string => zlib().inflateRawSync(bytes).toString();
