import { afterAll, vi } from 'vitest';

/**
 * Files that share a worker share its environment, its globals and its clock, and come in any order: what one has put in their
 * place, the next does not find.
 */
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});
