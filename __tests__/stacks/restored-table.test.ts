/** The setting `tableNames`, after a table was restored: which resources the next deployment changes. */
import { devices, orders } from '../support/contracts';
import { synth, type Synthesized } from '../support/synth';

const FULL = { alarmEmail: 'ops@example.com', backup: true };

/** Names of resources, by address: Terraform replaces a resource whose name changes. */
function namesOf({ resource }: Synthesized): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, { name: value, alarm_name: alarm }]) => [`${type}.${name}`, alarm ?? value]),
    ),
  );
}

test.each([
  ['an HTTP API', orders],
  ['a REST API', devices],
])('%s keeps the names of all resources except the table', (_, contract) => {
  const before = namesOf(synth(contract, FULL));
  const after = namesOf(synth(contract, { ...FULL, tableNames: { [contract.name]: 'restored' } }));
  const changed = Object.keys(before).filter((address) => before[address] !== after[address]);
  expect(changed).toEqual([expect.stringMatching(/^aws_dynamodb_table\./)]);
  expect(Object.keys(after)).toEqual(Object.keys(before));
});

test('the alarms of the table describe and watch the restored table', () => {
  const { resource } = synth(orders, { ...FULL, tableNames: { orders: 'restored' } });
  expect(resource['aws_cloudwatch_metric_alarm']?.['dynamodb_throttled_requests'].alarm_description).toContain(
    'requests to restored.',
  );
});
