/** Versions of functions, from an HTTP server that answers as Lambda does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { deleteOldVersions, oldVersions } from '../../../scripts/versions/old-versions';
import { Versions } from '../../../scripts/versions/versions';

const FUNCTION = '/2015-03-31/functions/orders';
const PAGE = 5;
const environment = { ...process.env };

let server: http.Server;
let versions: string[];
let alias: Record<string, unknown> | undefined;
/** Versions that Lambda refuses to delete. */
let kept: string[];
let requests: { method: string; url: string; body: string }[];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      requests.push({ method, url, body });
      const { pathname, searchParams } = new URL(url, 'http://lambda');
      if (pathname === `${FUNCTION}/versions`)
        response.end(JSON.stringify(page(Number(searchParams.get('Marker') ?? 0))));
      else if (pathname === `${FUNCTION}/aliases/live` && alias) response.end(JSON.stringify(alias));
      else if (pathname === FUNCTION && method === 'DELETE') {
        if (kept.includes(searchParams.get('Qualifier') ?? '')) {
          const type = 'ResourceConflictException';
          response.writeHead(409, { 'x-amzn-errortype': type }).end('{"Message":"Version is used by an alias"}');
        } else response.writeHead(204).end();
      } else response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{"Message":"none"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

afterAll(() => {
  server.close();
  process.env = environment;
});

beforeEach(() => {
  requests = [];
  kept = [];
  versions = ['$LATEST', ...Array.from({ length: 13 }, (_, index) => String(index + 1))];
  alias = { Name: 'live', FunctionVersion: '13', RevisionId: 'r1' };
});

function page(start: number): object {
  const end = start + PAGE;
  return {
    Versions: versions
      .slice(start, end)
      .map((Version) => ({ Version, LastModified: '2026-11-29', CodeSha256: 'abc=' })),
    ...(end < versions.length && { NextMarker: String(end) }),
  };
}

const lambda = () => new Versions('us-east-1');

test('lists the versions of all pages, newest first, without $LATEST', async () => {
  const found = await lambda().list('orders');
  expect(found.map(({ version }) => version)).toEqual(Array.from({ length: 13 }, (_, index) => String(13 - index)));
  expect(found[0]).toEqual({ version: '13', published: '2026-11-29', codeHash: 'abc=' });
});

test('lists no version without a number', async () => {
  versions = ['$LATEST', '', 'x', '2', '7', '12'];
  expect((await lambda().list('orders')).map(({ version }) => version)).toEqual(['12', '7', '2']);
});

test.each(['', '$LATEST', 'live', '1 '])('refuses to delete the version %j, and sends no request', async (version) => {
  await expect(lambda().delete('orders', version)).rejects.toThrow('is not a version of orders; nothing was deleted.');
  expect(requests).toEqual([]);
});

test('reads the alias with the versions that get a part of the requests', async () => {
  expect(await lambda().live('orders')).toEqual({ version: '13', weighted: [], revision: 'r1' });
  alias = { ...alias, RoutingConfig: { AdditionalVersionWeights: { '12': 0.1 } } };
  expect((await lambda().live('orders')).weighted).toEqual(['12']);
});

test('moves the alias only if it has not changed since, and gives all requests to one version', async () => {
  await lambda().moveLive('orders', '12', { version: '13', weighted: [], revision: 'r1' });
  expect(requests.map(({ method, url }) => [method, url])).toEqual([['PUT', `${FUNCTION}/aliases/live`]]);
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
    FunctionVersion: '12',
    RevisionId: 'r1',
    RoutingConfig: { AdditionalVersionWeights: {} },
  });
});

describe('old versions', () => {
  const list = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ version: String(count - index), published: '', codeHash: '' }));
  const live = (version: string, ...weighted: string[]) => ({ version, weighted, revision: undefined });

  test('are those before the newest ten', () => {
    expect(oldVersions(list(10), live('10'))).toEqual([]);
    expect(oldVersions(list(12), live('12'))).toEqual(['2', '1']);
  });

  test('are never those that the alias names', () => {
    expect(oldVersions(list(13), live('2', '1'))).toEqual(['3']);
  });

  describe('after a deployment', () => {
    let folder: string;
    let log: jest.SpyInstance;
    let warn: jest.SpyInstance;

    beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'versions-'))));
    afterAll(() => rmSync(folder, { recursive: true }));
    beforeEach(() => {
      log = jest.spyOn(console, 'log').mockImplementation();
      warn = jest.spyOn(console, 'warn').mockImplementation();
    });
    afterEach(() => jest.restoreAllMocks());

    const clean = async (...aliases: object[]) => {
      const json = path.join(folder, 'plan.json');
      const changes = aliases.map((after) => ({
        address: 'aws_lambda_alias.function',
        type: 'aws_lambda_alias',
        change: { actions: ['no-op'], after },
      }));
      writeFileSync(json, JSON.stringify({ resource_changes: changes }));
      await deleteOldVersions([{ stack: 'orders', json, changes: false }], lambda());
      return requests.filter(({ method }) => method === 'DELETE').map(({ url }) => url.split('?')[1]);
    };

    test('are deleted for each function with the alias', async () => {
      expect(await clean({ name: 'live', function_name: 'orders' })).toEqual([
        'Qualifier=3',
        'Qualifier=2',
        'Qualifier=1',
      ]);
      expect(log).toHaveBeenCalledWith('orders: deleted the old versions 3, 2, 1');
    });

    test('are deleted for each of several functions', async () => {
      versions = ['$LATEST', ...[2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14, 20].map(String)];
      alias = { Name: 'live', FunctionVersion: '20', RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } };
      const names = [
        { name: 'live', function_name: 'orders' },
        { name: 'live', function_name: 'unknown' },
      ];
      expect(await clean(...names)).toEqual(['Qualifier=3']);
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(/^unknown: old versions stay, because Lambda did not list/),
      );
    });

    test('are deleted after one that Lambda keeps', async () => {
      kept = ['3'];
      expect(await clean({ name: 'live', function_name: 'orders' })).toEqual([
        'Qualifier=3',
        'Qualifier=2',
        'Qualifier=1',
      ]);
      expect(log).toHaveBeenCalledWith('orders: deleted the old versions 2, 1');
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(
          /^orders: Lambda did not delete version 3: ResourceConflictException: .* Delete the other alias/,
        ),
      );
    });

    test('stay for other aliases', async () => {
      expect(await clean({ name: 'beta', function_name: 'orders' }, null as never)).toEqual([]);
      expect(requests).toEqual([]);
    });

    test('stay when Lambda refuses, and the deployment does not fail', async () => {
      alias = undefined;
      expect(await clean({ name: 'live', function_name: 'orders' })).toEqual([]);
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(/^orders: old versions stay, because Lambda did not list the versions: ResourceNotFound/),
      );
    });
  });
});
