import type { Table } from '../functions/adapters/table.ts';
import { say } from './print.ts';

/** Says which rows were left out of what was read, since they cannot be read. */
export const sayLeftOut = ({ unreadable }: Table): void => {
  for (const { key } of unreadable) {
    const row = `'${key.pk}' '${key.sk}'`;
    say(`Left out, since it cannot be read: ${row}; see: npm run ops -- rows show ${row}`);
  }
};
