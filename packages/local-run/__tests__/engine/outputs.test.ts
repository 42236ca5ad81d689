/** The outputs file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeOutputs } from '../../src/engine/outputs';
import type { Deployment, RouteAuthorization } from '../../src/model/deployment';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'outputs-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const JWT: RouteAuthorization = { kind: 'jwt', issuer: 'https://id.example.com/', audience: ['notes'], scopes: [] };

/** @param authorization who may call the only route */
function written(authorization?: RouteAuthorization): unknown {
  const route = { routeKey: 'GET /notes', functionArn: '', timeoutMs: 1, permitted: true };
  const deployment: Deployment = {
    ...{ stack: 'notes', tables: [], functions: [], roles: [], inert: [], notSimulated: [] },
    outputs: { url: 'http://127.0.0.1:3000', local_run_issuer: 'https://elsewhere.example.com' },
    apis: [
      {
        ...{ kind: 'http-api', address: 'a', id: 'i', name: 'n', stage: '$default', throttle: { rate: 1, burst: 1 } },
        routes: [{ ...route, ...(authorization && { authorization }) }],
      },
    ],
  };
  const file = path.join(folder, 'outputs.json');
  writeOutputs(file, { deployments: [deployment], page: 'http://127.0.0.1:3999/', withApis: false });
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>)['notes']?.[
    'local_run_issuer'
  ];
}

test('the issuer of the run replaces an output with its name, so programs send claims only to the run', () => {
  expect(written(JWT)).toBe('http://127.0.0.1:3999');
});

test('a stack whose routes need no tokens keeps its outputs', () => {
  expect(written()).toBe('https://elsewhere.example.com');
});
