/** Warnings about routes to the internet, and about more addresses in an IP set that lets its members in. */
import { parsePlan } from '../src';
import { references } from './support/configuration';
import { rawPlan, resource } from './support/plans';
import { changeWarnings, warningTexts } from './support/warnings';

const route = { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' };

test.each([
  ['aws_route', null, route],
  ['aws_route', null, { route_table_id: 'rtb-1', destination_ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }],
  ['aws_route', { ...route, gateway_id: '', nat_gateway_id: 'nat-1' }, route],
  ['aws_route', { ...route, destination_cidr_block: '192.0.2.0/24' }, route],
  ['aws_route_table', { route: [] }, { route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] }],
  ['aws_default_route_table', { route: [] }, { route: [{ ipv6_cidr_block: '::/0', gateway_id: 'igw-1' }] }],
])('warns of a %s to the internet, before %j', (type, before, after) => {
  expect(changeWarnings(type, before, after)).toEqual([
    expect.stringMatching(/^access: connects existing subnets with the internet: `(0\.0\.0\.0|::)\/0`$/),
  ]);
});

test.each([
  ['aws_route', null, { ...route, gateway_id: '', nat_gateway_id: 'nat-1' }],
  ['aws_route', null, { ...route, gateway_id: 'vgw-1' }],
  ['aws_route', null, { ...route, destination_cidr_block: '10.0.0.0/8' }],
  ['aws_route', route, { ...route, gateway_id: 'igw-2' }],
  ['aws_route_table', null, { route: [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }] }],
])('is quiet about an ordinary %s, before %j', (type, before, after) => {
  expect(changeWarnings(type, before, after)).toEqual([]);
});

test.each([
  [{ route_table_id: references('aws_route_table.private') }, 1],
  [{ route_table_id: references('aws_route_table.new') }, 0],
])('a new internet gateway opens only an existing route table: %j', (expressions, count) => {
  const after = { destination_cidr_block: '0.0.0.0/0' };
  const change = {
    actions: ['create'],
    before: null,
    after,
    after_unknown: { gateway_id: true, route_table_id: true },
  };
  const all = { gateway_id: references('aws_internet_gateway.a.id', 'aws_internet_gateway.a'), ...expressions };
  const table = resource('aws_route_table', { actions: ['create'], before: null, after: {} }, 'new');
  const configuration = { root_module: { resources: [{ address: 'aws_route.a', expressions: all }] } };
  const raw = { ...rawPlan(table, resource('aws_route', change)), configuration };
  expect(warningTexts(parsePlan(raw, 'plan.json', 'stack'))).toHaveLength(count);
});

describe('an IP set', () => {
  const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/a/1';
  const set = { ip_set_reference_statement: [{ arn }] };
  const texts = (rule: object) => {
    const acl = { rule: [{ name: 'a', ...rule }] };
    const update = {
      before: { arn, addresses: ['192.0.2.1/32'] },
      after: { arn, addresses: ['192.0.2.1/32', '0.0.0.0/1'] },
    };
    const raw = rawPlan(
      resource('aws_wafv2_web_acl', { actions: ['no-op'], before: acl, after: acl }),
      resource('aws_wafv2_ip_set', { actions: ['update'], ...update }),
    );
    return warningTexts(parsePlan(raw, 'plan.json', 'stack'));
  };

  test.each([
    { action: [{ allow: [{}] }], statement: [set] },
    { action: [{ allow: [{}], block: [] }], statement: [{ and_statement: [{ statement: [set, {}] }] }] },
    { action: [{ block: [{}] }], statement: [{ not_statement: [{ statement: [set] }] }] },
  ])('with more addresses lets in more callers: %j', (rule) => {
    expect(texts(rule)).toEqual(['access: aws_wafv2_ip_set.a lets in more addresses: `0.0.0.0/1`']);
  });

  test.each([
    { action: [{ block: [{}] }], statement: [set] },
    { action: [{ allow: [{}] }], statement: [{ not_statement: [{ statement: [set] }] }] },
    { action: [{ allow: [{}] }], statement: [{ geo_match_statement: [{}] }] },
  ])('of blocked addresses can grow: %j', (rule) => {
    expect(texts(rule)).toEqual([]);
  });
});
