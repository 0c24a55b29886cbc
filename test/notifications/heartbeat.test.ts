import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendHeartbeat } from '../../functions/notifications/heartbeat.ts';
import { type LoopbackReply, type LoopbackServer, serveLoopback } from '../../infra/local/loopback.ts';

let reply: LoopbackReply | undefined;
let asked: number;
let outside: LoopbackServer;
beforeEach(async () => {
  asked = 0;
  outside = await serveLoopback(() => {
    asked += 1;
    return reply;
  });
});
afterEach(() => outside.close());

it.each<[string, LoopbackReply | undefined, string | undefined]>([
  ['takes it', { status: 204, headers: {}, body: '' }, undefined],
  ['refuses it', { status: 404, headers: {}, body: 'no such check' }, '404'],
  ['sends it elsewhere', { status: 302, headers: { location: '/' }, body: '' }, 'TypeError'],
  ['says nothing', undefined, 'TimeoutError'],
])(
  'A heartbeat tells what came of it when whoever hears it %s, and asks once',
  async (_, answer, outcome) => {
    reply = answer;
    expect(await sendHeartbeat(outside.url, answer === undefined ? 50 : 5_000)).toBe(outcome);
    expect(asked).toBe(1);
  },
);
