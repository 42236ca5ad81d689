/** The steps on the example orders: an app of its own, with a local state, beside the stacks of the project. */
import { deployExample, describeTable, destroyExample, EXAMPLE, EXAMPLE_OUTPUTS, EXAMPLE_TABLE } from './example';
import { smoke } from './smoke';
import { step } from './steps';
import type { Suite } from './suite';

/** Adds the steps. @param suite returns the target and the deployment; each step calls it when it runs */
export function addExampleSteps(suite: () => Suite): void {
  let namesBefore: Record<string, string[]>;

  step('the example orders is deployed from its folder, with its index and outputs', async () => {
    const { deployment } = suite();
    namesBefore = await deployment.resourceNames();
    const outputs = await deployExample(deployment);
    const [table, fn] = [`${deployment.prefix}-orders`, `${deployment.prefix}-orders-function`];
    expect(outputs).toEqual({ url: expect.stringMatching(/^https?:/) as string, table_name: table, function_name: fn });
    const names = await deployment.resourceNames();
    expect(names['table']).toContain(table);
    expect(names['function']).toContain(fn);
    expect(await describeTable(table)).toMatchObject(EXAMPLE_TABLE);
  });

  step('the example orders answers its session, and a second plan has no changes', async () => {
    const { deployment, target } = suite();
    const printed = await smoke(deployment, target, { app: EXAMPLE, file: EXAMPLE_OUTPUTS });
    expect(printed).toMatch(/ok {2}GET \/orders\?status=/);
    expect(printed).toMatch(/ok {2}PATCH .+ {2}428\n.*ok {2}PATCH/);
    expect(printed).toMatch(/^orders: as documented\.$/m);
    await deployment.expectNoChanges('orders', 'orders');
  });

  step('cdktf destroy removes every resource of the example orders', async () => {
    const { deployment } = suite();
    await destroyExample(deployment);
    expect(await deployment.resourceNames()).toEqual(namesBefore);
  });
}
