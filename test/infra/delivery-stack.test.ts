import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { project } from '../../infra/project.ts';
import { appOf } from './app-with.ts';

const repository = 'plano/orders';
const deliveryWith = (context: Record<string, string>): Template =>
  Template.fromStack(appOf('staging', context).node.findChild('Delivery') as Stack);

describe('delivery by GitHub', () => {
  const template = deliveryWith({ repository });
  const [provider] = Object.keys(template.findResources('AWS::IAM::OIDCProvider'));
  const roleNamed = (name: string) =>
    Object.values(template.findResources('AWS::IAM::Role', { Properties: { RoleName: name } }))[0]
      ?.Properties;
  const trusted = (name: string) => roleNamed(name)?.AssumeRolePolicyDocument.Statement;
  const allowed = (name: string) =>
    roleNamed(name)?.Policies.flatMap(
      ({ PolicyDocument }: { PolicyDocument: { Statement: unknown } }) => PolicyDocument.Statement,
    );
  const onlyFor = (subject: string) => [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: { Ref: provider } },
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:plano/orders:${subject}`,
        },
      },
    },
  ];

  it('Only workflows of the repository may deploy, and only in the environment of the stage', () => {
    expect(trusted('plano-orders-staging-deploy')).toMatchObject(onlyFor('environment:staging'));
  });

  it('A workflow that deploys may take on two roles of the bootstrap, and do nothing itself', () => {
    const [statement, ...others] = allowed('plano-orders-staging-deploy');
    expect(others).toEqual([]);
    expect(statement).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRole' });
    expect(JSON.stringify(statement.Resource).match(/role\/[\w-]+/g)).toEqual([
      'role/cdk-hnb659fds-deploy-role-',
      'role/cdk-hnb659fds-file-publishing-role-',
    ]);
  });

  it('A workflow of a pull request may read the stage’s templates, and nothing that users have written', () => {
    expect(trusted('plano-orders-staging-diff')).toMatchObject(onlyFor('pull_request'));
    const [statement, ...others] = allowed('plano-orders-staging-diff');
    expect(others).toEqual([]);
    expect(statement.Action).toEqual(['cloudformation:DescribeStacks', 'cloudformation:GetTemplate']);
    expect(JSON.stringify(statement.Resource)).toContain(':stack/plano-orders-staging-*');
  });

  it('The roles’ ARNs are told, which GitHub has to know', () => {
    const outputs = Object.keys(template.findOutputs('*')).toSorted();
    expect(outputs).toEqual(['DeployRole', 'DiffRole']);
  });

  it('An account that has GitHub’s identity provider already gets no second', () => {
    const given = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    const reusing = deliveryWith({ repository, 'github-provider': given });
    reusing.resourceCountIs('AWS::IAM::OIDCProvider', 0);
    expect(JSON.stringify(reusing.findResources('AWS::IAM::Role'))).toContain(given);
  });

  it('The stack of delivery passes cdk-nag', () => {
    const { directory } = appOf('staging', { repository }).synth();
    const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });

  it('There is no stack of delivery unless a repository is named', () => {
    expect(appOf('staging').node.tryFindChild('Delivery')).toBeUndefined();
  });

  it.each(['orders', 'plano/orders/x', 'plano/*'])('A repository such as %s is refused', (wrong) => {
    expect(() => appOf('staging', { repository: wrong })).toThrow('repository: must be owner/name');
  });
});

describe.each(['checks', 'deploy', 'deploy-stage'])('the workflow %s', (name) => {
  const text = readFileSync(join(project, `.github/workflows/${name}.yml`), 'utf8');
  /** The text of each job. */
  const jobs = (text.split(/^jobs:$/m)[1] ?? '').split(/^ {2}(?=[\w-]+:$)/m).slice(1);

  it('A workflow has no rights but those that a job asks for', () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(jobs.length).toBeGreaterThan(0);
    for (const job of jobs) expect(job).toMatch(/^ {4}permissions:/m);
  });

  it('A job that runs code of a pull request cannot write to the repository', () => {
    for (const job of jobs.filter((each) => each.includes('npm ci') || each.includes('.ci/run'))) {
      expect(job).not.toMatch(/contents: write|pull-requests: write/);
    }
  });

  it('A workflow puts nothing that others have named into a command', () => {
    for (const [, command = ''] of text.matchAll(/run: (.*(?:\n {10}.*)*)/g))
      expect(command).not.toContain('${{');
  });
});
