/** The comparison of a synthesized stack with the state, region and provider of the base branch. */
import { check, TARGET } from '../support/changed-template';

const { s3 } = TARGET.backend as { s3: object };
test.each<[string, unknown]>([
  ['the state of another stack', { s3: { ...s3, key: 'acme/staging/orders/terraform.tfstate' } }],
  ['the state of the stack state', { s3: { ...s3, key: 'state/terraform.tfstate' } }],
  ['another bucket', { s3: { ...s3, bucket: 'evil' } }],
  ['another endpoint', { s3: { ...s3, endpoints: { s3: 'https://evil.example' } } }],
  ['a local state', { local: { path: '/tmp/x' } }],
  ['no backend', undefined],
])('names a move to %s', (_, backend) => {
  const { faults, moves } = check((json) => (json['terraform'].backend = backend));
  expect(faults).toEqual([]);
  expect(moves).toEqual([expect.stringMatching(/^notes: terraform\.backend is /)]);
});

test.each(['6.1.0', '>= 5.0.0', '', null])('names a move to the version %j of the provider', (version) => {
  const { faults, moves } = check((json) => (json['terraform'].required_providers.aws.version = version));
  const versions = `${JSON.stringify(version)}, but "${TARGET.providerVersion}" on the base branch`;
  expect({ faults, moves }).toEqual({
    faults: [],
    moves: [`notes: terraform.required_providers.aws.version is ${versions}`],
  });
});

test('names a move to another region', () => {
  const { faults, moves } = check((json) => (json['provider'].aws[0].region = 'us-east-1'));
  expect({ faults, moves }).toEqual({
    faults: [],
    moves: ['notes: provider.aws.region is "us-east-1", but "eu-west-1" on the base branch'],
  });
});
