/** Every stack, in every shape, passes the real Terraform with the real AWS provider. */
import { devices, notes, orders } from './support/contracts';
import { PROJECT_APIS } from './support/project-apis';
import { addresses, synth } from './support/synth';
import { initialize, plan, terraform, unavailable } from './support/terraform';

const stacks = [
  ...PROJECT_APIS.flatMap((api) => [
    { name: api.name, stack: synth(api) },
    {
      name: `${api.name}, with a function per route`,
      stack: synth(api, { functionPerRoute: true, requestValidation: true }),
    },
  ]),
  { name: 'an API with sort key, indexes and CORS', stack: synth(orders) },
  { name: 'its functions, one per route', stack: synth(orders, { functionPerRoute: true }) },
  { name: 'an API with tokens, IAM and expiry', stack: synth(notes) },
  { name: 'a REST API with models and IAM', stack: synth(devices, { requestValidation: true }) },
];

const reason = unavailable(stacks[0]?.stack.folder ?? '');

if (reason !== undefined && process.env['REQUIRE_TERRAFORM'] !== '1') {
  // Jest drops the console of a suite that is skipped as a whole.
  process.stderr.write(
    `Skipped: terraform validate and plan, because ${reason}\nREQUIRE_TERRAFORM=1 makes this a failure.\n`,
  );
  test.skip(`terraform validate and plan (${reason.split('\n')[0]})`, () => undefined);
} else {
  test('terraform and the AWS provider are there', () => {
    expect(reason).toBeUndefined();
  });

  describe.each(stacks)('$name', ({ stack }) => {
    beforeAll(() => initialize(stack.folder));

    test('terraform validate', () => {
      expect(JSON.parse(terraform(stack.folder, 'validate', '-json'))).toMatchObject({ valid: true, diagnostics: [] });
    });

    test('terraform plan creates exactly what was synthesized', () => {
      const changes = plan(stack.folder).resource_changes.filter(({ mode }) => mode === 'managed');
      expect(changes.map(({ address }) => address).sort()).toEqual(addresses(stack));
      for (const { change } of changes) expect(change.actions).toEqual(['create']);
    });
  });
}
