import { faultOf, findSetUp } from '../check-set-up.ts';
import { opsCommand, stageOf } from '../target.ts';
import { type Check, note, ok, wrong } from './check.ts';

export const checkFromOutside: Check = {
  name: 'check',
  needs: ['credentials', 'table'],
  look: async (target) => {
    const setUp = await findSetUp(target);
    const fault = await faultOf(target, setUp);
    if (fault === undefined) return ok(`set up with order ${setUp?.order_id}`);
    // Where nobody is on call, only people run it.
    const finding = stageOf(target).alarmAddresses.length > 0 ? wrong : note;
    return finding(fault, opsCommand(target, 'check set-up'));
  },
};
