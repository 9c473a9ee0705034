import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

import { ServerConnection } from '@jupyterlab/services';
import { afterEach, describe, expect, it } from 'vitest';

import { answersOf } from '../src/answers';

const HTML = 'text/html; charset=UTF-8';
const JSON_TYPE = 'application/json; charset=UTF-8';

let server: Server | undefined;
const asked: string[] = [];

/** Settings of a server that answers everything in one way. */
async function settingsOf(status: number, type: string, body: string): Promise<ServerConnection.ISettings> {
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push((request.url ?? '').replace(/\?.*/, '')); // behind it stands a time, against caches
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return ServerConnection.makeSettings({ baseUrl: `http://127.0.0.1:${port}/` });
}

afterEach(() => {
  server?.close();
});

describe('a server without touchrules', () => {
  it('is asked only once, whoever asks and whatever for', async () => {
    const settings = await settingsOf(404, HTML, '<html></html>');
    await expect(answersOf(settings).check('a.rulebook.yaml')).rejects.toThrow('does not know touchrules');
    await expect(answersOf(settings).check('b.rulebook.yaml', '')).rejects.toThrow('does not know touchrules');
    await expect(answersOf(settings).schema()).rejects.toThrow('does not know touchrules');
    expect(asked).toEqual(['/touchrules/api/check']);
  });
});

describe('a server with touchrules', () => {
  it('is asked again after a file was gone', async () => {
    const settings = await settingsOf(404, JSON_TYPE, '{"message": "No such file"}');
    await expect(answersOf(settings).check('a.rulebook.yaml')).rejects.toThrow('No such file');
    await expect(answersOf(settings).check('a.rulebook.yaml')).rejects.toThrow('No such file');
    expect(asked).toHaveLength(2);
  });

  it('is asked for the schema once', async () => {
    const settings = await settingsOf(200, JSON_TYPE, '{"type": "object"}');
    expect([await answersOf(settings).schema(), await answersOf(settings).schema()]).toEqual([
      { type: 'object' },
      { type: 'object' }
    ]);
    expect(asked).toEqual(['/touchrules/api/schema']);
  });
});
