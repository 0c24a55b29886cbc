import { expect, it } from 'vitest';
import * as z from 'zod';
import * as mini from 'zod/mini';
import { RowKind } from '../../functions/table/row-kind.ts';
import { stageNamed } from '../../infra/stages.ts';
import { failureInWords } from '../../ops/failure.ts';
import { createProgram, placeOf } from '../../ops/program.ts';
import { OpsError } from '../../ops/target.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

it.each([
  ['zod', thrownBy(() => z.object({ a: z.array(z.string()) }).parse({ a: ['x', 7] }))],
  ['zod/mini', thrownBy(() => mini.object({ a: mini.array(mini.string()) }).parse({ a: ['x', 7] }))],
])('What %s finds is told in one line, and not dumped', (_, error) => {
  expect(failureInWords(error, {})).toMatch(/^What was read is not as it should be: a\.1: [^\n{]*\.$/);
});

it('A row that cannot be read is named, with how to look at it, and nothing that stands in it', () => {
  const kind = new RowKind(mini.object({ items: mini.array(mini.string()) }));
  const error = thrownBy(() => kind.read({ pk: 'ORDER#7', sk: 'ORDER', items: [{ secret: 'hunter2' }] }));
  expect(failureInWords(error, {})).toBe(
    "the row ORDER#7 ORDER cannot be read; see: npm run ops -- rows show 'ORDER#7' 'ORDER'",
  );
  expect(failureInWords(error, { stage: stageNamed('production') })).toMatch(/ 'ORDER' --stage production$/);
});

it('What is meant for whoever typed it is said as it is', () => {
  expect(failureInWords(new OpsError('There is no user 7.'), {})).toBe('There is no user 7.');
});

it('A command that tells more is one for the stage of the command that was typed', () => {
  const error = new OpsError('There is no user 7', 'users list');
  const program = createProgram();
  expect(failureInWords(error, placeOf(program))).toBe('There is no user 7; see: npm run ops -- users list');
  program.parseOptions(['users', 'show', '7', '--stage', 'staging']);
  expect(failureInWords(error, placeOf(program))).toBe(
    'There is no user 7; see: npm run ops -- users list --stage staging',
  );
});

it.each([
  ['ExpiredTokenException', 'AWS takes the credentials no more (ExpiredTokenException: It is\nexpired).'],
  ['AccessDeniedException', 'AccessDeniedException: It is\nexpired'],
])('The failure %s takes one line', (name, words) => {
  const error = Object.assign(new Error('It is\nexpired'), { name });
  expect(failureInWords(error, {})).toBe(words.replace('\n', ' '));
});

it('What is thrown and is no error is said too', () => {
  expect(failureInWords('a\nb', {})).toBe('a b');
});
