import { describe, expect, it } from 'vitest';
import { STAGE_NAMES, stageNamed } from '../../infra/stages.ts';

const right = {
  corsOrigins: ['https://app.example.com'],
  emailFrom: 'orders@example.com',
  emailFromName: 'Orders',
  logRetention: 30,
  alarmAddresses: ['on-call@example.com'],
  runbook: 'https://wiki.example.com/runbook',
  rollout: 'canary-5-minutes',
  throttle: { rate: 10, burst: 20 },
  protectState: true,
};
const withProduction = (settings: object) => ({
  dev: right,
  staging: right,
  production: { ...right, ...settings },
});

describe('stageNamed', () => {
  it.each(STAGE_NAMES)('The stage %s has settings that are right', (name) => {
    expect(stageNamed(name).name).toBe(name);
  });

  it('State is protected in every stage but dev, which documents from this machine may call', () => {
    expect(STAGE_NAMES.map((name) => stageNamed(name).protectState)).toEqual([false, true, true]);
    expect(stageNamed('dev').corsOrigins).toEqual(['http://localhost:5173']);
  });

  it('Traffic shifts gradually in production, and every stage is watched but dev, where alarms would cost', () => {
    expect(stageNamed('production').rollout).toMatch(/^canary/);
    expect(STAGE_NAMES.map((name) => stageNamed(name).alarmAddresses.length > 0)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('A stage that there is not is refused with those that there are', () => {
    expect(() => stageNamed('prod')).toThrow('no stage prod; there are dev, staging, production');
  });

  it('A stage can have an account, a region, a domain, another table, pagers and somebody outside who watches', () => {
    const settings = {
      account: '123456789012',
      region: 'eu-west-1',
      domain: {
        name: 'api.example.com',
        certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d',
      },
      restoredTable: 'plano-orders-production-restored',
      pager: { emails: ['pager@example.com'], https: ['https://pager.example.com/key'] },
      heartbeat: 'https://beats.example.com/key',
    };
    expect(stageNamed('production', withProduction(settings))).toMatchObject(settings);
  });

  it.each([
    ['account', { account: '1234' }],
    ['region', { region: 'Ireland' }],
    ['corsOrigins', { corsOrigins: [] }],
    ['corsOrigins[0]', { corsOrigins: ['https://app.example.com/'] }],
    ['corsOrigins[0]', { corsOrigins: ['http://app.example.com'] }],
    ['corsOrigins[0]', { corsOrigins: ['*'] }],
    ['emailFrom', { emailFrom: 'orders' }],
    ['emailFromName', { emailFromName: '' }],
    ['logRetention', { logRetention: 31 }],
    ['domain.name', { domain: { name: 'https://api.example.com', certificateArn: 'arn:aws:acm:x' } }],
    ['domain.certificateArn', { domain: { name: 'api.example.com', certificateArn: 'a certificate' } }],
    ['restoredTable', { restoredTable: 'a b' }],
    ['alarmAddresses[0]', { alarmAddresses: ['on-call'] }],
    ['rollout', { alarmAddresses: [] }],
    ['monthlyBudget', { monthlyBudget: 0 }],
    ['monthlyBudget', { monthlyBudget: 50, alarmAddresses: [], rollout: 'at-once' }],
    ['monthlyBudget', { monthlyBudget: 50, alarmAddresses: Array(11).fill('on-call@example.com') }],
    ['rollout', { rollout: 'slowly' }],
    ['runbook', { runbook: 'runbook.md' }],
    ['heartbeat', { heartbeat: 'http://beats.example.com/key' }],
    ['pager.emails[0]', { pager: { emails: ['pager'] } }],
    ['pager.https[0]', { pager: { https: ['http://pager.example.com/key'] } }],
    [
      'pager',
      { pager: { https: ['https://pager.example.com/key'] }, alarmAddresses: [], rollout: 'at-once' },
    ],
    ['throttle.rate', { throttle: { rate: 0, burst: 1 } }],
    ['throttle.burst', { throttle: { rate: 1 } }],
    ['throttle.passwords.rate', { throttle: { rate: 1, burst: 1, passwords: { burst: 1 } } }],
    ['reservedConcurrency.passwords', { reservedConcurrency: { passwords: 0 } }],
    ['reservedConcurrency.retry', { reservedConcurrency: { retry: 1 } }],
    ['protectState', { protectState: 'yes' }],
  ])('A wrong setting of a stage is named: %s', (setting, settings) => {
    // In production, though dev is asked for: a mistake is to show before the deployment that it would break.
    expect(() => stageNamed('dev', withProduction(settings))).toThrow(`at production.${setting}`);
  });

  it('A misspelt setting of a stage is named', () => {
    expect(() => stageNamed('dev', withProduction({ logRetentoin: 7 }))).toThrow('logRetentoin');
  });

  it('A stage without settings is named', () => {
    expect(() => stageNamed('dev', { dev: right, staging: right })).toThrow('at production');
  });
});
