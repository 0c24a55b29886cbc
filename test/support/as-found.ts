import { afterAll, vi } from 'vitest';

/**
 * Files that share a worker share its environment, its globals and its clock, and come in any order: what one has changed of them,
 * the next does not find.
 */
const found = { ...process.env };
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env)) if (!(name in found)) delete process.env[name];
  Object.assign(process.env, found);
});
