/** The sentence about `dry_run`, which is the same for every route that changes an order. */
export const DRY_RUN =
  'With `true` the request is judged as in earnest, and nothing is done: `data` is what would be. `false` is as if it were absent.';
