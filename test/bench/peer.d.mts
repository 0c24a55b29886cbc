export const bundle: string;
export const env: Record<string, string>;
export const event: Record<string, unknown>;
export const invalid: Record<string, Record<string, unknown>>;
export const responses: { op: string; match?: string; output: unknown }[];
