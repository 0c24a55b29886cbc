import type { Target } from './target.ts';

/** Stores a secret where the functions find it, in the place of the one before; on AWS encrypted by AWS's key for SSM. */
export const storeSecret = async ({ ssm }: Target, Name: string, Value: string): Promise<void> => {
  const { PutParameterCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const command = new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true });
  await new SSMClient(ssm).send(command);
};
