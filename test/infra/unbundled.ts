/** Has the app leave functions unbundled, which takes less time and changes nothing in a template but their hashes. */
export const unbundled = { 'aws:cdk:bundling-stacks': [] };
