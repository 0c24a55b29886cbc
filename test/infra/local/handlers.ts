/** The code of functions that do what tests of Lambda's stand-in need, by name. */
export const handlers = {
  echo: 'exports.handler = async (event, context) => ({ event, context, left: context.getRemainingTimeInMillis() });',
  environment: 'exports.handler = async () => process.env;',
  counter: 'let count = 0; exports.handler = async () => ++count;',
  nothing: 'exports.handler = async () => {};',
  /** Says that it has begun, and ends when told to. */
  meeting: `
    let count = 0;
    exports.handler = async () => {
      const channel = new BroadcastChannel('meeting');
      await new Promise((resolve) => {
        channel.onmessage = ({ data }) => data === 'end' && resolve();
        channel.postMessage('begun');
      });
      channel.close();
      return ++count;
    };`,
  faulty: `
    let count = 0;
    exports.handler = async ({ how }) => {
      count++;
      if (how === 'throw') throw new TypeError('no such thing');
      if (how === 'text') throw 'words';
      if (how === 'exit') process.exit(3);
      if (how === 'uncaught') { setImmediate(() => { throw new RangeError('out of range'); }); await new Promise(() => {}); }
      if (how === 'hang') await new Promise(() => {});
      if (how === 'loop') for (;;);
      if (how === 'big') return 'x'.repeat(6_291_556);
      if (how === 'cycle') { const a = {}; a.a = a; return a; }
      return count;
    };`,
  unloadable: "throw new SyntaxError('cannot be loaded');",
  unexported: 'exports.other = 1;',
  writer: `
    const { Console } = require('node:console');
    const own = new Console({ stdout: process.stdout, stderr: process.stderr });
    exports.handler = async ({ lines, unfinished }) => {
      for (let i = 0; i < lines; i++) own.log('line ' + i + ' \\u2028 é');
      console.error('to stderr');
      if (unfinished) process.stdout.write('no line feed');
      return null;
    };`,
  lazy: "exports.handler = async () => require('./part.js').value;",
} satisfies Record<string, string>;
