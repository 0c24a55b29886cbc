/** As many characters as stand beside the text on a small laptop. */
const WIDTH = 60;

const inOneLine = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${inOneLine(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
};

/**
 * A value as JSON for people: what fits into a line stands in one.
 *
 * @param lead what stands before it in its line
 */
export const prettyJson = (value: unknown, indent = '', lead = indent): string => {
  const line = inOneLine(value);
  if (typeof value !== 'object' || value === null || lead.length + line.length < WIDTH) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Array.isArray(value)
    ? value.map((each) => deeper + prettyJson(each, deeper))
    : Object.entries(value).map(([name, each]) => {
        const named = `${deeper}${JSON.stringify(name)}: `;
        return named + prettyJson(each, deeper, named);
      });
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
};
