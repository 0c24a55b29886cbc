import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printTable, say, tablePrinter, word } from '../../ops/print.ts';

let printed = '';
beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => void vi.restoreAllMocks());

it.each([
  ['commands to the terminal', 'a\u001b[2Jb'],
  ['line breaks', 'a\nb'],
  ['marks that change the direction of writing', 'a\u202eb'],
  ['separators of lines', 'a\u2028b'],
])('What is printed has no %s', (_, text) => {
  say(text);
  expect(printed).toMatch(/^a\?.*b\n$/);
});

it('A printed cell has no gap that could pass for one between columns', () => {
  printTable(['NAME', 'ROLE'], [['Ada    employee\t\u00a0\u3000 now', 'none']]);
  expect(printed).toBe('NAME              ROLE\nAda employee now  none\n');
});

it.each([
  ['ada@example.com', 'ada@example.com'],
  ['Ada', 'Ada'],
  ['Ada Brook', '"Ada Brook"'],
  ['Ada" "employee', '"Ada\\" \\"employee"'],
  ['Ada\u3164\u3164\u3164employee', '"Ada\u3164\u3164\u3164employee"'],
  ['', '""'],
])('A printed word shows where ends what somebody has written: %s', (text, shown) => {
  expect(word(text)).toBe(shown);
});

it('A table is printed as its rows come, under one heading', () => {
  const print = tablePrinter(['A', 'B']);
  print([['1', '2']]);
  print([['wider', '2']]);
  print([]);
  print([['1', '2']]);
  expect(printed).toBe('A  B\n1  2\nwider  2\n1      2\n');
});
