/** What stands where something is being read for the first time. */
export const Loading = () => (
  <div class="loading">
    <p class="unseen">Loading …</p>
    <div />
    <div />
    <div />
  </div>
);
