import type { DocumentedResponse, RouteSection, ServiceSection } from './docs.ts';
import { type Block, FIRST_GUIDES, type Guide, LAST_GUIDES } from './docs-guides.ts';
import type { DocumentedParam } from './docs-params.ts';

const fenced = (code: string, language = ''): string => `\`\`\`${language}\n${code}\n\`\`\``;
const listOf = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** A table, in whose cells a stroke would end the cell. */
const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

const markdownOfBlock = (block: Block): string => {
  if ('text' in block) return block.text;
  if ('list' in block) return listOf(block.list);
  if ('code' in block) return fenced(block.code);
  if ('terms' in block) return listOf(block.terms.map(({ term, is }) => `\`${term}\`: ${is}`));
  return tableOf(block.head, block.rows);
};

const partsOfGuide = ({ title, blocks }: Guide): string[] => [`## ${title}`, ...blocks.map(markdownOfBlock)];

const paramRow = ({ name, type, isRequired, sentence, bounds }: DocumentedParam): string[] => [
  `\`${name}\``,
  type,
  isRequired ? 'required' : '',
  [sentence, bounds].filter(Boolean).join(' '),
];

const responsesOf = (responses: readonly DocumentedResponse[]): string =>
  responses
    .flatMap(({ status, http, meaning, advice, refusals }) => [
      `- \`${status}\` (${http}): ${meaning} ${advice}`,
      ...refusals.map(
        ({ param, code, when }) => `  - ${param && code ? `\`${param}\` \`${code}\`: ` : ''}${when}`,
      ),
    ])
    .join('\n');

const bodyOf = ({ json, base64 }: NonNullable<RouteSection['body']>): string[] => [
  '#### Request Body Example',
  '`application/json`',
  fenced(json, 'json'),
  ...(base64 === undefined ? [] : ['It is sent in base64:', fenced(base64)]),
];

const partsOfRoute = (route: RouteSection): string[] => [
  `### ${route.path}`,
  `\`${route.method} ${route.url}\``,
  '#### Purpose',
  ...route.purpose,
  route.callers,
  '#### Parameters',
  route.params.length === 0
    ? 'None.'
    : tableOf(['Name', 'Type', 'Required', 'What it is'], route.params.map(paramRow)),
  ...(route.body ? bodyOf(route.body) : []),
  '#### Request',
  fenced(route.curl, 'sh'),
  '#### Answer',
  fenced(route.answer, 'json'),
  ...(route.dryAnswer === undefined ? [] : ['#### Answer to a Dry Run', fenced(route.dryAnswer, 'json')]),
  '#### Responses',
  responsesOf(route.responses),
  '#### Uncommon Responses',
  'The responses below are not very common.',
  responsesOf(route.uncommon),
];

/** The reference as Markdown, for those who read it in an editor, and for programs. */
export const docsMarkdown = (services: readonly ServiceSection[], release: string): string =>
  `${[
    '# Plano Orders API',
    'Orders, their line items and appointments: for clients, for those who look after them, and for programs.',
    `Release ${release}. The same is at \`/docs\` as a page, and at \`/openapi.json\` as OpenAPI 3.1.`,
    ...FIRST_GUIDES.flatMap(partsOfGuide),
    ...services.flatMap(({ title, purpose, routes }) => [
      `## ${title}`,
      purpose,
      ...routes.flatMap(partsOfRoute),
    ]),
    ...LAST_GUIDES.flatMap(partsOfGuide),
  ].join('\n\n')}\n`;
