import type { Stack } from 'aws-cdk-lib';
import type { Stage } from '../stages.ts';
import { BundledFunction } from './bundled-function.ts';
import { DeploymentRecord } from './deployment-record.ts';
import { RecordWriter } from './record-writer.ts';

interface ReleaseProps {
  stage: Stage;
  /** What the stack is called in commands: its service, or `gateway`. */
  service: string;
  release: string;
}

/**
 * Has a stack put on record of which versions of its functions its release is made, so that an operator can go back to it. It
 * comes last: after all aliases have moved, and all other records are written. It is made when the stack has all its functions,
 * and finds them by itself, so that none is forgotten. The writer of records is none of them: its former versions know less of
 * what a deployment puts on record, so nobody may go back to one.
 */
export class Release extends DeploymentRecord {
  constructor(stack: Stack, { service, ...common }: ReleaseProps) {
    const others = stack.node.findAll();
    const all = others.filter((each) => each instanceof BundledFunction);
    const functions = all.filter((each) => !(each instanceof RecordWriter));
    super(stack, 'Release', {
      ...common,
      type: 'Custom::Release',
      properties: {
        service,
        functions: Object.fromEntries(
          functions.map(({ functionName, alias }) => [functionName, alias.version.version]),
        ),
      },
    });
    this.node.addDependency(
      ...all.map(({ alias }) => alias),
      ...others.filter((each) => each instanceof DeploymentRecord),
    );
  }
}
