/** The sweep and the destruction of previews, with an HTTP server that stores objects as S3 does. */
import { destroyPreview, emptyConfiguration } from '../../../scripts/preview/destroy';
import { previewSettings } from '../../../scripts/preview/settings';
import { readDays, sweepPreviews } from '../../../scripts/preview/sweep';
import { StateObjects } from '../../../scripts/terraform/state-objects';
import type { Settings } from '../../../stacks/settings';
import { BucketServer, stateText } from '../../support/bucket-server';
import { BOUNDARY } from '../../support/pipeline-statements';

const NOW = new Date('2026-11-29T12:00:00Z');
const HOUR_MS = 60 * 60 * 1000;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const EMPTY = JSON.stringify({ version: 4, resources: [] });

const bucket = new BucketServer('acme-states');
const environment = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, await bucket.listen(), {
    ...{ PREVIEWS: 'OWN_ACCOUNT', GITHUB_OIDC_REPOSITORY: 'acme/crud', NAME_PREFIX: 'acme' },
    ...{ STATE_BUCKET: 'acme-states', PERMISSIONS_BOUNDARY: BOUNDARY, AWS_REGION: 'eu-west-1' },
  });
});

afterAll(() => {
  bucket.close();
  process.env = environment;
});

beforeEach(() => bucket.objects.clear());

const stateKey = (name: string, stack = 'items') => `acme/${name}/${stack}/terraform.tfstate`;

/** Destroys as Terraform does: the state has no resources afterwards. */
const destroyed: string[] = [];
const destroyStack = (stack: string, settings: Settings) => {
  destroyed.push(`${settings.environment}/${stack}`);
  bucket.put(stateKey(settings.environment, stack), EMPTY);
  return Promise.resolve();
};
const destroy = (objects: StateObjects, settings: Settings) => destroyPreview(objects, settings, { destroyStack });
const sweep = (days = 3, elapsedMs?: () => number) => sweepPreviews(days, NOW, destroy, elapsedMs);

/** The state of a preview. @param environment for example pr-7 */
const preview = (environment: string) => stateText(`acme-items-${environment}`);

beforeEach(() => (destroyed.length = 0));

describe('sweepPreviews', () => {
  test('destroys the previews whose states have not changed for three days, and keeps all other states', async () => {
    for (const stack of ['items', 'orders']) bucket.put(stateKey('pr-7', stack), preview('pr-7'), hoursAgo(73));
    bucket.put(stateKey('pr-8'), preview('pr-8'), hoursAgo(71));
    for (const other of ['default', 'pr-x', 'pr-07', 'apr-7'])
      bucket.put(stateKey(other), stateText('acme-items'), hoursAgo(1000));
    bucket.put('other/pr-7/items/terraform.tfstate', stateText('acme-items'), hoursAgo(1000));
    bucket.put('acme/review-key', 'key', hoursAgo(1000));
    bucket.put('state/terraform.tfstate', stateText('acme-items'), hoursAgo(1000));
    const others = [...bucket.objects.keys()].filter((key) => !key.startsWith('acme/pr-7/'));
    expect(await sweep()).toBe('pr-7: destroyed items, orders, changed 3 days ago\npr-8: kept, changed 2 days ago');
    expect(destroyed).toEqual(['pr-7/items', 'pr-7/orders']);
    expect([...bucket.objects.keys()]).toEqual(others);
  });

  test('counts the age of a preview from the last change of all its states', async () => {
    bucket.put(stateKey('pr-7'), preview('pr-7'), hoursAgo(500));
    bucket.put(stateKey('pr-7', 'orders'), preview('pr-7'), hoursAgo(2));
    expect(await sweep()).toBe('pr-7: kept, changed 2 hours ago');
    expect(destroyed).toEqual([]);
  });

  test('destroys a preview that OpenTofu deployed', async () => {
    bucket.put(stateKey('pr-7'), stateText('acme-items-pr-7', 'registry.opentofu.org/hashicorp/aws'), hoursAgo(100));
    expect(await sweep()).toBe('pr-7: destroyed items, changed 4 days ago');
  });

  test('removes locks of killed runs first, and no lock of a running one', async () => {
    bucket.put(stateKey('pr-7'), preview('pr-7'), hoursAgo(100));
    bucket.put(`${stateKey('pr-7')}.tflock`, '{}', hoursAgo(100));
    bucket.put(stateKey('pr-8'), preview('pr-8'), hoursAgo(100));
    bucket.put(`${stateKey('pr-8')}.tflock`, '{}', hoursAgo(1));
    bucket.put(`${stateKey('pr-9')}.tflock`, '{}', hoursAgo(1));
    bucket.put(`${stateKey('pr-10')}.tflock`, '{}', hoursAgo(100));
    expect(await sweep()).toBe(
      'pr-7: destroyed items, changed 4 days ago\npr-8: destroyed items, changed 4 days ago\n' +
        'pr-10: destroyed no stack, changed 4 days ago\npr-9: kept, changed 1 hours ago',
    );
    expect([...bucket.objects.keys()]).toEqual([`${stateKey('pr-8')}.tflock`, `${stateKey('pr-9')}.tflock`]);
  });

  test('tries all previews, and then fails with each error', async () => {
    bucket.put(stateKey('pr-7'), 'text', hoursAgo(100));
    bucket.put(stateKey('pr-8'), stateText('acme-items-pr-8', 'registry.terraform.io/evil/aws'), hoursAgo(100));
    bucket.put(stateKey('pr-9'), preview('pr-9'), hoursAgo(100));
    await expect(sweep()).rejects.toThrow(
      /^pr-9: destroyed items, .*\npr-7: acme\/pr-7\/items\/terraform.tfstate is not a Terraform state.*\npr-8: .*registry\.terraform\.io\/evil\/aws/,
    );
    expect([...bucket.objects.keys()]).toEqual([stateKey('pr-7'), stateKey('pr-8')]);
  });

  test('destroys the oldest preview first, and starts none after 45 minutes', async () => {
    bucket.put(stateKey('pr-7'), preview('pr-7'), hoursAgo(100));
    bucket.put(stateKey('pr-8'), preview('pr-8'), hoursAgo(200));
    const minutes = [44, 46];
    expect(await sweep(3, () => (minutes.shift() ?? 0) * 60_000)).toBe(
      'pr-8: destroyed items, changed 8 days ago\npr-7: waits for the next sweep, changed 4 days ago',
    );
    expect(destroyed).toEqual(['pr-8/items']);
  });

  test('keeps a preview that was deployed after the sweep listed the states', async () => {
    for (const name of ['pr-7', 'pr-8']) bucket.put(stateKey(name), preview(name), hoursAgo(100));
    const deploysOther = (objects: StateObjects, settings: Settings) => {
      bucket.put(stateKey('pr-8'), preview('pr-8'), NOW);
      return destroy(objects, settings);
    };
    expect(await sweepPreviews(3, NOW, deploysOther)).toBe(
      'pr-7: destroyed items, changed 4 days ago\npr-8: kept, changed during the sweep',
    );
  });

  test('ignores an environment that is too long for a preview', async () => {
    bucket.put(stateKey('pr-99999999999'), preview('pr-99999999999'), hoursAgo(100));
    expect(await sweep(0)).toBe('There are no previews.');
  });

  test('reports that there are no previews', async () => {
    expect(await sweep(0)).toBe('There are no previews.');
  });

  test.each(['-1', '1.5', 'three', '10000', ''])('refuses %p days', (text) => {
    expect(() => readDays(text)).toThrow(`--days: saw ${JSON.stringify(text)}`);
  });
});

describe('destroyPreview', () => {
  const settings = () => previewSettings(7);

  test('deletes empty states without Terraform', async () => {
    bucket.put(stateKey('pr-7'), EMPTY);
    bucket.put(stateKey('pr-7', 'orders'), preview('pr-7'));
    bucket.put(stateKey('pr-77'), preview('pr-77'));
    expect(await destroy(new StateObjects(settings()), settings())).toEqual(['orders']);
    expect([...bucket.objects.keys()]).toEqual([stateKey('pr-77')]);
  });

  test('tries all states, and then fails with each error', async () => {
    for (const [stack, text] of Object.entries({ '0': EMPTY, a: 'no json', b: 'null', c: preview('pr-7') }))
      bucket.put(stateKey('pr-7', stack), text);
    bucket.put(stateKey('pr-7', '../x'), preview('pr-7'));
    await expect(destroy(new StateObjects(settings()), settings())).rejects.toThrow(
      'destroyed c, but not all:\nacme/pr-7/0/terraform.tfstate is no state of a preview. Delete the object.\n' +
        'acme/pr-7/a/terraform.tfstate is not a Terraform state. Recover an older version of the object, or delete it.\n' +
        'acme/pr-7/b/terraform.tfstate is not a Terraform state. Recover an older version of the object, or delete it.\n' +
        'acme/pr-7/../x/terraform.tfstate is no state of a preview.',
    );
    expect(destroyed).toEqual(['pr-7/c']);
  });

  test('destroys no stack whose state names a resource of production', async () => {
    bucket.put(stateKey('pr-7'), stateText('acme-items'));
    await expect(destroy(new StateObjects(settings()), settings())).rejects.toThrow(
      `${stateKey('pr-7')} was not destroyed, because it contains resources that do not belong to pr-7: aws_dynamodb_table.items: its id ` +
        'is "acme-items", which is no name of pr-7. Delete the preview\'s resources in the AWS console, then the object. Do not run',
    );
    expect(destroyed).toEqual([]);
    expect(bucket.objects.size).toBe(1);
  });

  test('keeps a state that has resources after the destruction', async () => {
    bucket.put(stateKey('pr-7'), preview('pr-7'));
    const objects = new StateObjects(settings());
    await expect(destroyPreview(objects, settings(), { destroyStack: () => Promise.resolve() })).rejects.toThrow(
      `${stateKey('pr-7')} still has 1 resources: another run deployed the stack.`,
    );
    expect(bucket.objects.size).toBe(1);
  });

  test('runs Terraform with the state of the stack, and without resources', () => {
    expect(emptyConfiguration('items', settings())).toMatchObject({
      terraform: { backend: { s3: { bucket: 'acme-states', key: stateKey('pr-7'), use_lockfile: true } } },
      provider: { aws: [{ region: 'eu-west-1' }] },
    });
  });
});
