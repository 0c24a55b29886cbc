/** The key of a row. */
export interface Key {
  pk: string;
  sk: string;
}
/** A row as DynamoDB gives it; stores parse it before anybody reads it. */
export type Row = Record<string, unknown>;

/** A key as one text, which tells it from every other. */
export const keyText = ({ pk, sk }: Key): string => `${pk} ${sk}`;

/** When DynamoDB may forget a row, in seconds since the epoch, by its milliseconds. */
export const expiresAt = (milliseconds: number): number => Math.ceil(milliseconds / 1_000);
