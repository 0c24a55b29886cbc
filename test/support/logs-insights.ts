/** A line of a log, as Logs Insights sees it. */
export interface LogLine {
  stream: string;
  message: string;
}
type Fields = Record<string, string>;

/** The fields that Logs Insights finds in a line by itself: those of JSON, by their paths, and its own. */
const fieldsOf = ({ stream, message }: LogLine): Fields => {
  const fields: Fields = { '@logStream': stream, '@message': message };
  const add = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) fields[path] = String(value);
    else for (const [key, inner] of Object.entries(value)) add(path ? `${path}.${key}` : key, inner);
  };
  if (message.startsWith('{')) add('', JSON.parse(message));
  return fields;
};

/** Whether a line passes a filter of fields that equal, or are or are not like something, joined by `and` and `or`. */
const passes = (condition: string, fields: Fields): boolean => {
  const tokens = condition.match(/\/(?:\\.|[^/])+\/|"[^"]*"|[\w@.]+|=/g) ?? [];
  let at = 0;
  const next = (): string => {
    const token = tokens[at];
    if (token === undefined) throw new Error(`This stand-in does not understand: ${condition}`);
    at += 1;
    return token;
  };
  const test = (): boolean => {
    const value = fields[next()];
    const operator = next();
    const isNot = operator === 'not';
    if (isNot) next();
    const operand = next();
    if (operator === '=') return value === operand.replaceAll('"', '');
    const isLike = operand.startsWith('/')
      ? new RegExp(operand.slice(1, -1)).test(value ?? '')
      : (value ?? '').includes(operand.slice(1, -1));
    return isLike !== isNot;
  };
  const all = (): boolean => {
    let result = test();
    while (tokens[at] === 'and') {
      at += 1;
      result = test() && result;
    }
    return result;
  };
  let result = all();
  while (at < tokens.length) {
    if (next() !== 'or') throw new Error(`This stand-in does not understand: ${condition}`);
    result = all() || result;
  }
  return result;
};

/** The fields that `parse` takes out of another by a text with stars, as far as that fits. */
const parsed = (step: string, fields: Fields): Fields => {
  const [, field = '', glob = '', names = ''] = /^(\S+) "(.*)" as (.*)$/.exec(step) ?? [];
  const pattern = glob.split('*').map((text) => text.replaceAll(/[[\]]/g, '\\$&'));
  const values = new RegExp(`^${pattern.join('(.*?)')}$`).exec(fields[field] ?? '')?.slice(1) ?? [];
  return Object.fromEntries(
    names.split(', ').flatMap((name, index) => {
      const value = values[index];
      return value === undefined ? [] : [[name, value]];
    }),
  );
};

/**
 * The lines that a query of Logs Insights finds, with their fields. It understands of filters what the saved queries use, and
 * `parse` by a text with stars; it neither sorts nor counts.
 */
export const found = (steps: readonly string[], lines: readonly LogLine[]): Fields[] => {
  let all = lines.map(fieldsOf);
  for (const step of steps) {
    const [, command, rest = ''] = /^(\w+) (.*)$/.exec(step) ?? [];
    if (command === 'filter') all = all.filter((fields) => passes(rest, fields));
    if (command === 'parse') all = all.map((fields) => ({ ...fields, ...parsed(rest, fields) }));
  }
  return all;
};
