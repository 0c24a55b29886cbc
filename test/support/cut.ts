import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Sends a request, and cuts the connection when the answer is on its way back: all is done, and the client knows nothing.
 *
 * @param path the path at the API
 * @param init as for `fetch`
 */
export const sendAndCut = async (api: string, path: string, init: RequestInit): Promise<void> => {
  const server = createServer(async (request, response) => {
    const { method = 'POST', headers } = request;
    const given = Object.entries(headers).filter(([name]) => !['connection', 'host'].includes(name));
    const body = await buffer(request);
    await fetch(`${api}${path}`, { method, headers: given as [string, string][], body });
    response.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const answered = await fetch(url, init).then(
    () => true,
    () => false,
  );
  server.close();
  if (answered) throw new Error('the connection was not cut');
};
