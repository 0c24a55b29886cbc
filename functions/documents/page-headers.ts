/** The sources that a page's policy allows: exactly what is in the document, by hash. */
interface PageSources {
  scriptHash: string;
  styleHash: string;
}

/** Nothing is loaded but what came with the document, nothing is asked but the API, and no other page may frame it. */
const policyOf = ({ scriptHash, styleHash }: PageSources): string =>
  [
    "default-src 'none'",
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "connect-src 'self'",
    // The icon of its tab.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** The headers that every page has, besides those of every answer. */
export const pageHeaders = (sources: PageSources): Record<string, string> => ({
  'content-security-policy': policyOf(sources),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
});
