/** The stack of an API in a preview: what it leaves out, and that `npm run preview -- destroy` knows each of its resources. */
import { manager } from '../../function/manager/contract';
import { foreignResources } from '../../scripts/preview/resources';
import { devices, notes, orders } from '../support/contracts';
import { SETTINGS } from '../support/pipeline-statements';
import { synth } from '../support/synth';
import { readSettings } from '../../stacks/settings';

const preview = { ...SETTINGS, previews: 'OWN_ACCOUNT', environment: 'pr-7' };

describe.each([manager, notes, orders, devices])('$name', (contract) => {
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
