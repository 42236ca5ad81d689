/** Warnings about buckets and networks that are open to the internet, and about filters of requests. */
import { changeWarnings, expectAccess, type WarningCase } from './support/warnings';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';
const grant = (grantee: object) => ({
  access_control_policy: [{ owner: [{ id: 'me' }], grant: [{ grantee: [grantee], permission: 'READ' }] }],
});

test.each<WarningCase>([
  [
    'an ACL',
    'aws_s3_bucket_acl',
    { acl: 'private' },
    { acl: 'public-read' },
    [/^becomes `public-read`, which was `private`/],
  ],
  ['an ACL that narrows', 'aws_s3_bucket_acl', { acl: 'public-read' }, { acl: 'private' }, []],
  ['an ACL of a new object', 'aws_s3_object', null, { acl: 'public-read-write' }, [/public-read-write/]],
  ['an unknown ACL', 'aws_s3_object', null, { acl: 'whole-galaxy' }, [/whole-galaxy/]],
  ['a grant to everyone', 'aws_s3_bucket_acl', {}, grant({ uri: ALL_USERS }), [`grants \`READ\` to \`${ALL_USERS}\``]],
  ['a grant to another account', 'aws_s3_bucket_acl', {}, grant({ id: 'you' }), ['grants `READ` to `you`']],
  ['a grant to the owner', 'aws_s3_bucket_acl', {}, grant({ id: 'me' }), []],
  [
    'a grant beside its permissions',
    'aws_s3_bucket',
    {},
    { grant: [{ uri: ALL_USERS, permissions: ['WRITE'] }] },
    [`grants \`WRITE\` to \`${ALL_USERS}\``],
  ],
  [
    'an ACL that moves to another bucket',
    'aws_s3_bucket_acl',
    { acl: 'public-read', bucket: 'a' },
    { acl: 'public-read', bucket: 'b' },
    ['becomes `public-read`: anyone can read'],
  ],
  [
    'a public access block that moves to another bucket',
    'aws_s3_bucket_public_access_block',
    { block_public_policy: true, bucket: 'a' },
    { block_public_policy: true, bucket: 'b' },
    ['is deleted: the bucket can be made public'],
  ],
  [
    'ownership by the writers',
    'aws_s3_bucket_ownership_controls',
    { rule: [{ object_ownership: 'BucketOwnerEnforced' }] },
    { rule: [{ object_ownership: 'ObjectWriter' }] },
    [/^lets ACLs grant access/],
  ],
  [
    'a new public access block without its blocks',
    'aws_s3_bucket_public_access_block',
    null,
    { bucket: 'b', block_public_acls: true, block_public_policy: false, ignore_public_acls: true },
    ['no longer blocks public access: `block_public_policy`, `restrict_public_buckets`'],
  ],
  [
    'an open port',
    'aws_security_group',
    { ingress: [{ cidr_blocks: ['10.0.0.0/8'], from_port: 22 }] },
    { ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 22 }] },
    ['lets in the whole internet: `0.0.0.0/0`'],
  ],
  ['an open way out', 'aws_security_group', {}, { egress: [{ cidr_blocks: ['0.0.0.0/0'] }] }, []],
  ['a public database', 'aws_db_instance', {}, { publicly_accessible: true }, [/reachable from the internet/]],
])('%s', (_, type, before, after, expected) => expectAccess(type, before, after, expected));

const ingress = (from: number, to: number, range: string, protocol = 'tcp') => ({
  ...{ from_port: from, to_port: to, protocol, cidr_blocks: [range] },
});

test.each<[string, object[], object[], RegExp | undefined]>([
  [
    'two ports whose ranges change places',
    [ingress(443, 443, '0.0.0.0/0'), ingress(22, 22, '10.0.0.0/8')],
    [ingress(22, 22, '0.0.0.0/0'), ingress(443, 443, '10.0.0.0/8')],
    /on more ports/,
  ],
  ['more ports', [ingress(443, 443, '0.0.0.0/0')], [ingress(0, 65535, '0.0.0.0/0')], /on more ports/],
  ['fewer ports', [ingress(0, 65535, '0.0.0.0/0')], [ingress(443, 443, '0.0.0.0/0')], undefined],
  ['every protocol', [ingress(443, 443, '::/0')], [ingress(0, 0, '::/0', '-1')], /on more ports/],
  ['a quarter of the internet', [], [ingress(443, 443, '64.0.0.0/2')], /much of the internet/],
  ['all public IPv6 addresses', [], [ingress(443, 443, '2000::/3')], /much of the internet/],
  ['a private network', [], [ingress(443, 443, '10.0.0.0/8'), ingress(443, 443, 'fd00::/8')], undefined],
])('a security group for %s', (_, before, after, expected) => {
  expect(changeWarnings('aws_security_group', { ingress: before }, { ingress: after })).toEqual(
    expected ? [expect.stringMatching(expected)] : [],
  );
});

const acl = (action: object, limit: number, fallback: object) => ({
  default_action: [fallback],
  rule: [{ name: 'flood', action: [action], statement: [{ rate_based_statement: [{ limit }] }] }],
});
const block = { allow: [], block: [{ custom_response: [] }] };
const allowing = { allow: [{ custom_request_handling: [] }], block: [] };

const countries = (code: string, action: object) => ({
  name: 'countries',
  action: [action],
  statement: [{ geo_match_statement: [{ country_codes: [code] }] }],
});

const rate = (limit: number, code: string) => ({
  name: 'rate',
  action: [block],
  statement: [{ rate_based_statement: [{ limit, scope_down_statement: countries(code, block).statement }] }],
});

/** A rule that allows every request. */
const opening = (priority: number) => ({ name: 'open', action: [allowing], priority, statement: [{}] });

test.each<[string, object, object, string[]]>([
  [
    'allows what no rule blocks',
    acl(block, 100, block),
    acl(block, 100, allowing),
    ['lets in requests that no rule blocks: `default_action` becomes allow'],
  ],
  [
    'allows by a rule that blocked',
    acl(block, 100, block),
    acl(allowing, 100, block),
    ['no longer blocks requests with the rule `flood`'],
  ],
  [
    'loses a rule that blocks',
    acl(block, 100, block),
    { default_action: [block], rule: [] },
    ['no longer blocks requests with the rule `flood`'],
  ],
  [
    'allows more requests',
    acl(block, 100, block),
    acl(block, 2000, block),
    ['lets in more requests of one caller: 2000 instead of 100'],
  ],
  ['blocks more', acl(allowing, 2000, allowing), acl(block, 100, block), []],
  [
    'gets a rule that allows',
    { rule: [countries('DE', block)] },
    { rule: [opening(0), countries('DE', block)] },
    ['adds the rule `open`: review which requests it lets in'],
  ],
  [
    'blocks fewer countries',
    { rule: [countries('DE', block)] },
    { rule: [countries('FR', block)] },
    ['changes the rule `countries`: review which requests it lets in'],
  ],
  [
    'limits the rate of fewer callers',
    { rule: [rate(100, 'DE')] },
    { rule: [rate(100, 'FR')] },
    ['changes the rule `rate`: review which requests it lets in'],
  ],
  ['limits a rate to less', { rule: [rate(200, 'DE')] }, { rule: [rate(100, 'DE')] }, []],
  [
    'blocks after a rule that allows',
    { rule: [{ ...countries('DE', block), priority: 0 }, opening(1)] },
    { rule: [{ ...countries('DE', block), priority: 2 }, opening(1)] },
    ['changes the rule `countries`: review which requests it lets in'],
  ],
  [
    'numbers its blocking rules anew',
    { rule: [{ ...countries('DE', block), priority: 0 }] },
    { rule: [{ ...countries('DE', block), priority: 2 }] },
    [],
  ],
  ['gets a rule that counts', { rule: [] }, { rule: [countries('DE', { count: [{}] })] }, []],
])('a web ACL that %s', (_, before, after, expected) => {
  expect(changeWarnings('aws_wafv2_web_acl', before, after)).toEqual(expected.map((line) => `access: ${line}`));
});
