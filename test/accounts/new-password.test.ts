import { expect, it } from 'vitest';
import { faultsOfPassword } from '../../functions/accounts/new-password.ts';

const TESS = { email: 'tess.quill@example.com', name: 'Tess Quill' };
const isTooCommon = async (password: string, whose = TESS) =>
  (await faultsOfPassword(password, whose)).some(({ code }) => code === 'too-common');

it.each([
  'password',
  'PASSWORD',
  'ｐａｓｓｗｏｒｄ',
  '12345678',
  'qwertyui',
  'password123',
  'aaaaaaaa',
  '        ',
  '87654321',
  '987654321',
  '0123456789',
  '0987654321',
  '1234567890123456',
  'ABCDEFGH',
  '123123123',
  '12341234',
  '123456123456',
  'poiuytrewq',
  'drowssap',
  'Plano2026',
  'PlanoPlano',
  'PlanoPLANO',
  'Plano-Orders 1',
  'tess quilltess quill',
  'tess.quill@example.com',
  'TESS.QUILL@EXAMPLE.COM',
  'tess.quill',
  'Tess Quill',
  'tessquill',
  'Tess Quill 1984!',
])('The password %s is one of those that are tried first', async (password) => {
  expect(await isTooCommon(password)).toBe(true);
});

it.each([
  ['own@xn--bcher-kva.example', { email: 'own@bücher.example', name: 'Tess' }],
  ['own@bücher.example', { email: 'own@xn--bcher-kva.example', name: 'Tess' }],
  ['straße müller', { email: 'tess@example.com', name: 'Strasse Müller' }],
  ['strasse müller', { email: 'tess@example.com', name: 'Straße Müller' }],
])('The password %s is the address or the name, written otherwise', async (password, whose) => {
  expect(await isTooCommon(password, whose)).toBe(true);
});

it.each([
  'correct horse',
  'a good password',
  'tess quill and her dog',
  'quilltess',
  'abcdefghi!',
  'batterybattery',
  'a'.repeat(33),
  '天地玄黃宇宙洪荒',
  '20261126',
])('The password %s is none of those that are tried first', async (password) => {
  expect(await isTooCommon(password)).toBe(false);
});

it('A password of signs alone is not taken for a name of signs alone', async () => {
  expect(await isTooCommon('!?#;:-+=', { ...TESS, name: '—' })).toBe(false);
});

it('Hardly any password is refused that is not on the list', async () => {
  let refused = 0;
  for (let number = 0; number < 5_000; number += 1) {
    if (await isTooCommon(`battery-${number}-staple`)) refused += 1;
  }
  expect(refused).toBe(0);
});

it('A password that is absent has no fault', async () => {
  expect(await faultsOfPassword(undefined, TESS)).toEqual([]);
});
