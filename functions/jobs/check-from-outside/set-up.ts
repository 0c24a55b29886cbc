import * as z from 'zod/mini';
import { id } from '../../contract/params.ts';
import { parsedJson } from './parsed-json.ts';

const setUpSchema = z.object({
  /** That of an application of its own, which may read orders and change them. */
  token: z.string(),
  /** An order of its own, and an appointment of that. */
  order_id: id,
  appt_id: id,
});
/** What the check was set up with, by `ops check set-up`. It is a secret, for the token. */
export type SetUp = z.infer<typeof setUpSchema>;

/** What the parameter holds; undefined when there is none, or it is nothing of the kind. */
export const setUpOf = (parameter: string | undefined): SetUp | undefined =>
  setUpSchema.safeParse(parsedJson(parameter ?? '')).data;

export const parameterOf = (setUp: SetUp): string => JSON.stringify(setUp);
