import { type JobResources, job, type Ran } from '../../functions/pipeline/job.ts';

/** Something that fails, by that name. */
export const named = (name: string) => Object.assign(new Error('no more of it'), { name });

/** The function of a job that folds paper; it is called with how many sheets there are. */
export const folding = (run: (resources: JobResources) => Promise<Partial<Ran<string>>>) =>
  job(
    { name: 'fold-paper', service: 'papers', message: 'fold' },
    async (sheets: number, resources): Promise<Ran<string>> => ({
      answer: `${sheets} folded`,
      line: { sheets },
      ...(await run(resources)),
    }),
  );
