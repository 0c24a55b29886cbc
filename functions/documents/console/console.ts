import type { Answer } from '../../pipeline/exchange.ts';
import { pageHeaders } from '../page-headers.ts';
import { type CompressedText, type DocumentRequest, documentAnswer } from '../served-document.ts';

/** The console as it was built: one document with its script and its style in it. */
export interface ConsoleDocument extends CompressedText {
  html: string;
  /** The sources that its policy allows to run and to style. */
  scriptHash: string;
  styleHash: string;
}

/** The answer to a request for the console. */
export const pageAnswer = (page: ConsoleDocument, request: DocumentRequest): Answer =>
  documentAnswer(
    { ...page, text: page.html, contentType: 'text/html; charset=utf-8', headers: pageHeaders(page) },
    request,
  );
