import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../../functions/contract/define-route.ts';
import type { RouteDocs } from '../../functions/contract/describe-route.ts';
import { project } from '../../infra/project.ts';

/** The sentences about the parameters of a route, by their paths, such as `line_items.name`. */
export type Sentences = Readonly<Record<string, string>>;

/** Those that stand in `docs.ts` beside a route's definition; none where there is no such file yet. */
export const sentencesOf = async ({ service, path }: Route): Promise<Sentences> => {
  const file = join(project, 'functions/routes', service, path, 'docs.ts');
  if (!existsSync(file)) return {};
  const described = Object.values((await import(file)) as Record<string, unknown>).find(isDescribed);
  return described?.docs.params ?? {};
};

const isDescribed = (value: unknown): value is { docs: RouteDocs } =>
  typeof value === 'object' && value !== null && 'docs' in value;
