/** The steps on CORS: preflight requests, and the headers of errors. */
import { send } from '../api-client';
import type { step } from '../steps';
import type { ProductionSuite } from './suite';

const ORIGIN = 'https://app.example.com';
const FOREIGN = 'https://evil.example.com';

/** Adds the steps. @param suite each step calls it when it runs */
export function addCorsSteps(suite: () => ProductionSuite, emulatorStep: typeof step): void {
  for (const api of ['doors', 'vaults']) {
    emulatorStep(`${api}: pages of its origin may call it, pages of other origins may not`, async () => {
      const { endpoint, hostOf } = suite();
      const preflight = (origin: string) => {
        const headers = { origin, 'access-control-request-method': 'POST' };
        return send(endpoint, { host: hostOf(api), method: 'OPTIONS', path: `/${api}`, headers });
      };
      const { status, headers } = await preflight(ORIGIN);
      expect({ status, origin: headers['access-control-allow-origin'] }).toEqual({ status: 204, origin: ORIGIN });
      expect(headers['access-control-allow-methods']).toContain('POST');
      expect((await preflight(FOREIGN)).headers['access-control-allow-origin']).not.toBe(FOREIGN);
    });
  }

  // MiniStack adds no CORS headers to refusals of an HTTP API: see emulator-gaps.ts.
  emulatorStep('pages of its origin can read a refusal of the REST API', async () => {
    const { endpoint, hostOf } = suite();
    const headers = { origin: ORIGIN };
    const refused = await send(endpoint, { host: hostOf('vaults'), method: 'POST', path: '/vaults', headers });
    expect({ status: refused.status, origin: refused.headers['access-control-allow-origin'] }).toEqual({
      status: 401,
      origin: ORIGIN,
    });
  });
}
