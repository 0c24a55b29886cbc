import type { Answer } from '../../pipeline/exchange.ts';
import { type CompressedText, type DocumentRequest, documentAnswer } from '../served-document.ts';

/** The console as it was built: one document with its script and its style in it. */
export interface ConsoleDocument extends CompressedText {
  html: string;
  /** The sources that its policy allows to run and to style: exactly what is in the document, by hash. */
  scriptHash: string;
  styleHash: string;
}

/** Nothing is loaded but what came with the document, nothing is asked but the API, and no other page may frame it. */
const policyOf = ({ scriptHash, styleHash }: ConsoleDocument): string =>
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

/** The answer to a request for the console. */
export const pageAnswer = (page: ConsoleDocument, request: DocumentRequest): Answer =>
  documentAnswer({ ...page, text: page.html, contentType: 'text/html; charset=utf-8' }, request, {
    'content-security-policy': policyOf(page),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
  });
