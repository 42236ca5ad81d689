/** The permissions to invoke functions: before the integrations that need them, and without a gap after deployments without aliases. */
import { items } from '../../function/items/contract';
import { products } from '../../function/products/contract';
import { devices, orders } from '../support/contracts';
import { wide } from '../support/extreme-contracts';
import { synth, type Synthesized } from '../support/synth';

interface Removed {
  readonly from: string;
  readonly lifecycle: { readonly destroy: boolean };
}

const SHAPES: readonly [string, () => Synthesized][] = [
  ['an HTTP API', () => synth(items)],
  ['an HTTP API with a function per route', () => synth(orders, { functionPerRoute: true })],
  ['a REST API', () => synth(products)],
  ['a REST API with a function per route', () => synth(devices, { functionPerRoute: true })],
  ['an API with one permission for 300 routes', () => synth(wide(300))],
];

const integrationsOf = ({ resource }: Synthesized) => [
  ...Object.values(resource['aws_apigatewayv2_integration'] ?? {}),
  ...Object.values(resource['aws_api_gateway_integration'] ?? {}).filter(({ type }) => type === 'AWS_PROXY'),
];

describe.each(SHAPES)('%s', (_, makeStack) => {
  let stack: Synthesized;
  let permissions: string[];
  beforeAll(() => {
    stack = makeStack();
    permissions = Object.keys(stack.resource['aws_lambda_permission'] ?? {}).map(
      (name) => `aws_lambda_permission.${name}`,
    );
  });

  test('each integration depends on permissions, and each permission has an integration', () => {
    const needed = integrationsOf(stack).map(({ depends_on: list }) => list as string[]);
    expect(needed.every((list) => list.length > 0)).toBe(true);
    expect([...new Set(needed.flat())].sort()).toEqual([...permissions].sort());
  });

  test('Terraform forgets the permissions of deployments without aliases, and destroys none of them', () => {
    const removed = (stack as unknown as { readonly removed: readonly Removed[] }).removed;
    expect(removed.map(({ from }) => from.replace('.', '.live_')).sort()).toEqual([...permissions].sort());
    expect(removed.every(({ lifecycle }) => !lifecycle.destroy)).toBe(true);
  });
});
