/** The refusal of previews beside other deployments. */
import { refusePreviewsBeside } from '../../../scripts/bootstrap/preview-states';
import { readSettings } from '../../../stacks/settings';

const BOUNDARY = 'arn:aws:iam::111122223333:policy/acme-cdktf-serverless-crud-preview-boundary-us-east-1';
const role = (boundary: string) => ({
  resources: [
    { mode: 'managed', type: 'aws_iam_role', instances: [{ attributes: { permissions_boundary: boundary } }] },
  ],
});
const EMPTY = { resources: [] };
const key = (environment: string, prefix = 'acme') => `${prefix}/${environment}/items/terraform.tfstate`;

const refuse = (previews: string, objects: Readonly<Record<string, object>>) =>
  refusePreviewsBeside(
    {
      keys: () => Promise.resolve(Object.keys(objects)),
      readState: (name) => Promise.resolve(objects[name] as never),
    },
    readSettings({ previews, githubRepository: 'acme/crud', namePrefix: 'acme' }, {}),
  );

test('OWN_ACCOUNT refuses a bucket with the state of any other environment, of any prefix', async () => {
  for (const name of [key('default'), key('staging'), key('pr-x'), key('default', 'other')]) {
    const environment = name.split('/')[1];
    await expect(refuse('OWN_ACCOUNT', { [name]: role(BOUNDARY) })).rejects.toThrow(
      `Nothing was changed. previews is OWN_ACCOUNT, but the bucket contains states that do not fit it:\n` +
        `  - ${name}: a state of the environment ${environment}, which is no preview\nSign in to an AWS account for previews alone`,
    );
  }
});

test('OWN_ACCOUNT accepts the state of the pipeline, previews, empty states, locks and the review key', async () => {
  const objects = {
    'state/terraform.tfstate': role(''),
    'acme/review-key': {},
    [key('default')]: EMPTY,
    [`${key('default')}.tflock`]: {},
    [key('pr-7')]: role(BOUNDARY),
    [key('pr-8', 'other')]: role('other'),
  };
  await expect(refuse('OWN_ACCOUNT', objects)).resolves.toBeUndefined();
});

test('SHARED_ACCOUNT refuses environments whose names look like those of previews, and accepts all others', async () => {
  const others = { [key('default')]: role(''), [key('pr-x', 'other')]: role(''), [key('production')]: role('') };
  await expect(refuse('SHARED_ACCOUNT', { ...others, [key('pr-7')]: role(BOUNDARY) })).resolves.toBeUndefined();
  await expect(refuse('SHARED_ACCOUNT', { ...others, [key('pr-anna')]: role('') })).rejects.toThrow(
    /that do not fit it:\n {2}- acme\/pr-anna\/items\/terraform\.tfstate: a state of the environment pr-anna, which is no preview\nDestroy/,
  );
});

test.each(['OWN_ACCOUNT', 'SHARED_ACCOUNT'])('%s refuses pr-7 when it was deployed by hand', async (previews) => {
  for (const boundary of ['', 'arn:aws:iam::111122223333:policy/acme-cdktf-serverless-crud-boundary-us-east-1'])
    await expect(refuse(previews, { [key('pr-7')]: role(boundary) })).rejects.toThrow(
      `${key('pr-7')}: its roles have no boundary acme-cdktf-serverless-crud-preview-boundary-us-east-1, so it is no preview`,
    );
});

test('OFF reads no state', async () => {
  await expect(refuse('OFF', { [key('default')]: role(''), [key('pr-7')]: role('') })).resolves.toBeUndefined();
});
