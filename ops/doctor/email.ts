import { SSMClient } from '@aws-sdk/client-ssm';
import { readParameter } from '../../functions/outbox/channels/email/secret.ts';
import { mandrillKeyName } from '../../infra/stages.ts';
import { checkDomain, MandrillFault, pingMandrill } from '../mandrill.ts';
import { opsCommand, stageOf, type Target } from '../target.ts';
import { type Check, ok, wrong } from './check.ts';

const keyOf = (target: Target): Promise<string | undefined> =>
  readParameter(new SSMClient(target.ssm), mandrillKeyName(stageOf(target)));

const mandrillKey: Check = {
  name: 'Mandrill’s key',
  needs: ['credentials'],
  look: async (target) => {
    const setIt = opsCommand(target, 'secrets set-mandrill-key');
    const key = await keyOf(target);
    if (key === undefined) return wrong('It is not set.', setIt);
    try {
      await pingMandrill(target.mandrillUrl, key);
      return ok('Mandrill takes it');
    } catch (error) {
      if (!(error instanceof MandrillFault)) throw error;
      return wrong(error.message, error.refusesKey ? setIt : opsCommand(target, 'doctor'));
    }
  },
};

const senderDomain: Check = {
  name: 'sender',
  needs: ['Mandrill’s key'],
  look: async (target) => {
    const { emailFrom } = stageOf(target);
    const domain = emailFrom.slice(emailFrom.indexOf('@') + 1);
    const faults = await checkDomain(target.mandrillUrl, (await keyOf(target)) ?? '', domain);
    return faults.length === 0
      ? ok(`${emailFrom}, whose domain is verified`)
      : wrong(
          `Mandrill sends nothing from ${domain}: ${faults.join('; ')}. Repair it at https://mandrillapp.com/settings/sending-domains`,
          opsCommand(target, 'doctor'),
        );
  },
};

export const emailChecks = [mandrillKey, senderDomain];
