/** The stack of an API in a preview: what it leaves out, and that `npm run preview -- destroy` knows each of its resources. */
import { manager } from '../../function/manager/contract';
import { foreignResources } from '../../scripts/preview/resources';
import type { Api } from '../../function/contract/api';
import { desks, diaries, ledgers, meters, rooms } from '../support/caller-contracts';
import { devices, notes, orders } from '../support/contracts';
import { SETTINGS } from '../support/pipeline-statements';
import { synth } from '../support/synth';
import { readSettings } from '../../stacks/settings';

const preview = { ...SETTINGS, previews: 'OWN_ACCOUNT', environment: 'pr-7' };

/** An API of each kind: gateways, kinds of auth, CORS, keys, and throttles of routes. */
const CONTRACTS: readonly Api[] = [manager, notes, orders, devices, desks, diaries, ledgers, meters, rooms];

describe.each(CONTRACTS)('$name', (contract) => {
  const { resource } = synth(contract, preview);

  test('has no access log: the preview role may not set one up', () => {
    expect(JSON.stringify(resource)).not.toMatch(/access_log_settings|vendedlogs/);
    expect(JSON.stringify(synth(contract as never, SETTINGS).resource)).toMatch(/access_log_settings.*vendedlogs/);
  });

  test('has only types of resources that the destruction of a preview knows', async () => {
    const resources = Object.keys(resource).map((type) => ({ mode: 'managed', type, name: 'x', instances: [{}] }));
    const unknown = await foreignResources(resources, readSettings(preview, {}));
    expect(unknown.length).toBeGreaterThan(8);
    expect(unknown.filter((line) => line.includes('of this type'))).toEqual([]);
  });
});

describe('limits of requests', () => {
  const route = { operation: 'read', throttle: { rate: 500, burst: 7 } } as const;
  const limits = { throttling_rate_limit: 20, throttling_burst_limit: 20 };
  const stagesOf = (settings: object) =>
    Object.values(
      synth({ ...notes, routes: { ...notes.routes, 'GET /notes/{noteId}': route } }, settings).resource[
        'aws_apigatewayv2_stage'
      ] ?? {},
    );

  test('apply to all routes, also to those with a throttle of their own', () => {
    expect(stagesOf(preview)).toEqual([
      expect.objectContaining({
        default_route_settings: expect.objectContaining(limits) as object,
        route_settings: [expect.objectContaining({ ...limits, throttling_burst_limit: 7 })],
      }),
    ]);
    const { resource } = synth(
      {
        ...devices,
        routes: { ...devices.routes, 'GET /devices/{serial}': { ...route, throttle: { rate: 5, burst: 99 } } },
      },
      preview,
    );
    const settings = Object.values(resource['aws_api_gateway_method_settings'] ?? {}).map(
      ({ settings: own }) => own as object,
    );
    expect(settings).toEqual([
      expect.objectContaining(limits),
      expect.objectContaining({ ...limits, throttling_rate_limit: 5 }),
    ]);
  });

  test('leave the throttles of other deployments as they are', () => {
    const [stage] = stagesOf(SETTINGS);
    expect(stage?.route_settings).toEqual([expect.objectContaining({ throttling_rate_limit: 500 })]);
  });
});
