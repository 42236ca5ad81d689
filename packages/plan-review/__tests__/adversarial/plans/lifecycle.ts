/** Objects and images that AWS deletes by a rule. */
import { type Attack, type Attributes, type ChangeRow, changeOf, more, resource } from '../build';

const rule = (parts: Attributes) => ({
  id: 'tidy',
  status: 'Enabled',
  filter: [{ prefix: 'log/' }],
  expiration: [],
  noncurrent_version_expiration: [],
  ...parts,
});
const rules = (...parts: readonly Attributes[]) => ({ bucket: 'maps', rule: parts.map(rule) });
const days = (number: number) => ({ expiration: [{ days: number, date: null, expired_object_delete_marker: false }] });
const former = (number: number) => ({
  noncurrent_version_expiration: [{ noncurrent_days: number, newer_noncurrent_versions: null }],
});
const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration';
const BUCKET = { bucket: 'maps', force_destroy: false, lifecycle_rule: [] };
const images = (count: number) =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: count },
        action: { type: 'expire' },
      },
    ],
  });

const ROWS: readonly ChangeRow[] = [
  ['an earlier expiration', LIFECYCLE, rules(days(90)), rules(days(1)), /90|expir/],
  [
    'an expiration by date',
    LIFECYCLE,
    rules(former(90)),
    rules({ ...former(90), expiration: [{ date: '2026-12-01T00:00:00Z' }] }),
    /2026-12-01/,
  ],
  [
    'an expiration of noncurrent versions',
    LIFECYCLE,
    rules(days(90)),
    rules({ ...days(90), ...former(1) }),
    /version|noncurrent/,
  ],
  [
    'fewer noncurrent versions',
    LIFECYCLE,
    rules({ noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 10 }] }),
    rules({ noncurrent_version_expiration: [{ noncurrent_days: 90, newer_noncurrent_versions: 1 }] }),
    /version|noncurrent/,
  ],
  ['a rule that is enabled', LIFECYCLE, rules({ ...days(1), status: 'Disabled' }), rules(days(1)), /expir|delet/i],
  [
    'a rule for more objects',
    LIFECYCLE,
    rules(days(1)),
    rules({ ...days(1), filter: [{ prefix: '' }] }),
    /expir|delet|object/i,
  ],
  [
    'a rule without a filter',
    LIFECYCLE,
    rules({ ...days(1), filter: [{ tag: [{ key: 'a', value: 'b' }] }] }),
    rules({ ...days(1), filter: [{}] }),
    /expir|delet|object/i,
  ],
  [
    'one more rule, under the id of another',
    LIFECYCLE,
    rules({ ...days(90), id: 'a' }),
    rules({ ...days(90), id: 'b' }, { ...days(1), id: 'a', filter: [{}] }),
    /expir|delet|object/i,
  ],
  [
    'an expiration in the bucket itself',
    'aws_s3_bucket',
    BUCKET,
    { lifecycle_rule: [{ id: 'a', enabled: true, expiration: [{ days: 1 }] }] },
    /expir|delet/i,
  ],
  [
    'less images',
    'aws_ecr_lifecycle_policy',
    { repository: 'a', policy: images(100) },
    { policy: images(1) },
    /image|delet|expir/i,
  ],
];

export const lifecycles: readonly Attack[] = [
  ...ROWS.map(changeOf),
  more('an expiration for a bucket that exists', [resource(`${LIFECYCLE}.a`, null, rules(days(1)))], {
    warns: /expir|delet/i,
  }),
];
