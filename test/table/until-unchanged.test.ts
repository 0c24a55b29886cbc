import { expect, it } from 'vitest';
import { ChangedMeanwhile, untilUnchanged } from '../../functions/table/until-unchanged.ts';

/** What finds so often that something has changed, and whether it was told to read anew each time. */
const finding = (changes: number) => {
  const told: boolean[] = [];
  const attempt = async (anew: boolean) => {
    told.push(anew);
    if (told.length <= changes) throw new ChangedMeanwhile();
    return 'done';
  };
  return { attempt, told };
};

it('What has changed meanwhile is read anew, and done then', async () => {
  const { attempt, told } = finding(2);
  expect(await untilUnchanged(3, attempt)).toBe('done');
  expect(told).toEqual([false, true, true]);
});

it('What changes each time is given up', async () => {
  const { attempt, told } = finding(9);
  await expect(untilUnchanged(3, attempt)).rejects.toMatchObject({
    name: 'TableUnavailable',
    tries: 3,
    cause: { name: 'ChangedMeanwhile' },
  });
  expect(told).toHaveLength(3);
});

it('What goes wrong otherwise is not tried again', async () => {
  let times = 0;
  const outcome = untilUnchanged(3, async () => {
    times += 1;
    throw new Error('broken');
  });
  await expect(outcome).rejects.toThrow('broken');
  expect(times).toBe(1);
});
