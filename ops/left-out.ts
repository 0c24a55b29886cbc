import type { Table } from '../functions/table/table.ts';
import { say } from './print.ts';
import { opsCommand, type Place } from './target.ts';

/** Says which rows were left out of what was read, since they cannot be read. */
export const sayLeftOut = ({ unreadable }: Table, place: Place): void => {
  const rows = new Set(unreadable.map(({ key }) => `'${key.pk}' '${key.sk}'`));
  for (const row of rows) {
    say(`Left out, since it cannot be read: ${row}; see: ${opsCommand(place, `rows show ${row}`)}`);
  }
};
