import { escapeHtml } from '../../outbox/channels/email/html.ts';
import type { DocumentedResponse, RouteSection } from './docs.ts';
import { heading, listOf, method, type Prose, paragraphs, pre } from './docs-html-prose.ts';
import type { DocumentedParam } from './docs-params.ts';

const htmlOfParam = (
  { name, type, isRequired, sentence, bounds }: DocumentedParam,
  route: RouteSection,
  prose: Prose,
): string => {
  const id = `${route.id}-${name}`;
  const required = isRequired ? ' <strong>required</strong>' : '';
  const limits = bounds && ` <span class="bounds">${prose(bounds)}</span>`;
  return `<div${name.includes('.') ? ' class="within"' : ''}><dt id="${id}"><a class="self" href="#${id}"><code>${name}</code></a> <span class="type">${type}</span>${required}</dt><dd>${prose(sentence)}${limits}</dd></div>`;
};

const htmlOfResponse = (
  { status, http, meaning, advice, refusals }: DocumentedResponse,
  prose: Prose,
): string => {
  const own = refusals.map(({ param, code, when }) => {
    const fault =
      param && code
        ? `<code>${escapeHtml(param)}</code> <a href="#code-${code}"><code>${code}</code></a>: `
        : '';
    return `${fault}${prose(when)}`;
  });
  return `<div><dt><code>${status}</code> <span class="http h${String(http)[0]}">${http}</span></dt><dd><p>${prose(meaning)} <span class="advice">${prose(advice)}</span></p>${own.length > 0 ? listOf(own) : ''}</dd></div>`;
};

const responsesOf = (responses: readonly DocumentedResponse[], prose: Prose): string =>
  `<dl class="responses">${responses.map((response) => htmlOfResponse(response, prose)).join('')}</dl>`;

const paramsOf = (route: RouteSection, prose: Prose): string =>
  route.params.length === 0
    ? '<p>None.</p>'
    : `<dl class="params">${route.params.map((param) => htmlOfParam(param, route, prose)).join('')}</dl>`;

const bodyOf = ({ json, base64 }: NonNullable<RouteSection['body']>): string =>
  base64 === undefined ? pre(json) : `${pre(json)}<p>It is sent in base64:</p>${pre(base64)}`;

/**
 * What is asked stands beside an example of it, and so does what is answered. On a phone one follows the other.
 * Its script reads here what it needs to try the route.
 */
export const htmlOfRoute = (route: RouteSection, prose: Prose): string => {
  const { id, body } = route;
  const part = (name: string, content: string, more = '') =>
    heading(4, `${id}-${name.toLowerCase().replaceAll(' ', '-')}`, name, more) + content;
  const asked =
    part('Purpose', paragraphs([...route.purpose, route.callers], prose)) +
    part('Parameters', paramsOf(route, prose));
  const shown =
    (body ? part('Request Body Example', bodyOf(body), ' <small>application/json</small>') : '') +
    part('Request', pre(route.curl));
  const answered =
    part('Responses', responsesOf(route.responses, prose)) +
    part(
      'Uncommon Responses',
      `<p>The responses below are not very common.</p>${responsesOf(route.uncommon, prose)}`,
    );
  return `<article class="route" data-path="${route.path}" data-query="${escapeHtml(route.query)}"><header>${heading(3, id, route.path)}<p class="url">${method(route.method)} <code>${route.url}</code></p></header>
<div class="said">${asked}</div>
<div class="shown request">${shown}</div>
<div class="shown answer">${part('Answer', pre(route.answer))}${route.dryAnswer ? part('Answer to a Dry Run', pre(route.dryAnswer)) : ''}</div>
<div class="said responses-of">${answered}</div></article>`;
};
