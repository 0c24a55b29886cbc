import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeRunningStack } from '../../infra/local/running-stack.ts';
import { failureInWords } from '../../ops/failure.ts';
import { sayWhileWaiting } from '../../ops/patience.ts';
import { targetOf } from '../../ops/target.ts';
import { runProgram } from '../support/ops.ts';

/** A server that answers what is asked of `/answer`, and nothing else. */
let server: Server;
let url: string;
beforeEach(async () => {
  server = createServer(({ url: path }, response) => {
    if (path === '/answer') response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('whoever waits', () => {
  let said: string[];
  let stop: () => void;
  beforeEach(() => {
    said = [];
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    stop = sayWhileWaiting();
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  const host = () => new URL(url).host;

  it.each([
    ['AWS’s clients', () => void get(`${url}/silence`).on('error', () => {})],
    ['fetch', () => void fetch(`${url}/silence`).catch(() => {})],
  ])('Whoever waits hears after 5 s, and again, for whom %s waits', async (_, ask) => {
    const asked = once(server, 'request');
    ask();
    await asked;
    vi.advanceTimersByTime(4_999);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(said).toEqual([
      expect.stringMatching(`^5 s, 0 answers so far, waiting for (http://)?${host()} …\n$`),
    ]);
    vi.advanceTimersByTime(5_000);
    expect(said[1]).toMatch(/^10 s, 0 answers so far, waiting for /);
  });

  it('Whoever waits hears how far a long list has got', async () => {
    vi.advanceTimersByTime(4_500);
    await (await fetch(`${url}/answer`)).text();
    await (await fetch(`${url}/answer`)).text();
    vi.advanceTimersByTime(500);
    expect(said).toEqual(['5 s, 2 answers so far …\n']);
  });

  it('Whoever waits hears nothing while somebody is asked to type something, and when all is done', async () => {
    await (await fetch(`${url}/answer`)).text();
    vi.advanceTimersByTime(60_000);
    const asked = once(server, 'request');
    void fetch(`${url}/silence`).catch(() => {});
    await asked;
    stop();
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });
});

describe('a table that does not answer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plano-orders-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A command on a stack of this machine, whose patience is shorter than that of people. */
  const run = (endpoint: string, ...words: string[]) => {
    writeRunningStack(folder, {
      pid: process.pid,
      url: 'http://127.0.0.1:3000',
      tableName: 'plano-orders-dev',
      database: { endpoint, accessKeyId: 'local' },
      control: endpoint,
      lambdaEndpoint: 'http://127.0.0.1:1',
      parametersEndpoint: endpoint,
      mandrillUrl: endpoint,
    });
    const limits = { connectionTimeout: 30, requestTimeout: 30, throwOnRequestTimeout: true };
    const patience = { maxAttempts: 2, requestHandler: limits };
    return runProgram(() => targetOf(undefined, { folder, patience }), words);
  };

  it.each([
    ['one that lists', ['routes', 'list']],
    ['one that changes a row', ['routes', 'withdraw', 'orders/update']],
    ['one that mends', ['records', 'rewrite']],
  ])('A table that does not answer ends a command, and it is said why: %s', async (_, words) => {
    const { failure } = await run(url, ...words);
    expect(failureInWords(failure, {})).toMatch(/^No answer came in time, so it was given up\./);
  });

  it('A table that does not answer because nothing listens there is told as such', async () => {
    const { failure } = await run('http://127.0.0.1:1', 'routes', 'list');
    expect(failureInWords(failure, {})).toMatch(/^No answer came, so it was given up \(ECONNREFUSED: /);
  });
});
