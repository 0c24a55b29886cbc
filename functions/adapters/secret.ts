let cached: { id: string; value: string } | undefined;

/**
 * The value of a secret, kept for the life of the function's instance. The client is loaded only here, since most
 * requests need no secret.
 *
 * @throws what Secrets Manager answers, or the abort reason
 */
export const readSecret = async (id: string, signal: AbortSignal): Promise<string> => {
  if (cached?.id === id) return cached.value;
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: id }),
    {
      abortSignal: signal,
    },
  );
  if (!SecretString) throw new Error('the secret holds no text');
  cached = { id, value: SecretString };
  return SecretString;
};

/** Forgets a secret's value, so that it is read again: it was found to be wrong. */
export const forgetSecret = (): void => {
  cached = undefined;
};
