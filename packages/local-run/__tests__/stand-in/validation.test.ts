/** The stand-in of AWS refuses the values that the AWS provider refuses, with the same words. */
import { INVALID_RESOURCES, type InvalidResource, VALID_RESOURCES } from '../support/invalid-resources';
import { RealValidation, standInErrors } from '../support/provider-validation';
import { findRealProvider } from '../support/real-comparison';
import { TerraformFolder } from '../support/stand-in';
import { describeWithTerraform } from '../support/with-terraform';

const named = (resources: readonly InvalidResource[]) =>
  resources.map((resource) => [resource.type, JSON.stringify(resource.config), resource] as const);

/** Without the words of JSON parsers, which differ between languages. */
const withoutParserWords = (errors: readonly string[]) =>
  errors.map((text) => text.replace(/(invalid JSON( policy)?:).*/, '$1'));

describe('without the provider', () => {
  it.each(named(INVALID_RESOURCES))('refuses %s %s', async (_type, _config, resource) => {
    expect(await standInErrors(resource)).not.toEqual([]);
  });

  it.each(named(VALID_RESOURCES))('accepts %s %s', async (_type, _config, resource) => {
    expect(await standInErrors(resource)).toEqual([]);
  });

  it('accepts runtimes of later versions of the provider', async () => {
    const [valid] = VALID_RESOURCES.filter(({ type }) => type === 'aws_lambda_function');
    const resource = { type: 'aws_lambda_function', config: { ...valid?.config, runtime: 'nodejs24.x' } };
    expect(await standInErrors(resource)).toEqual([]);
  });
});

const found = findRealProvider();

if ('reason' in found && process.env['REQUIRE_TERRAFORM'] !== '1') {
  process.stderr.write(`Skipped: the comparison with the AWS provider, because ${found.reason}\n`);
  it.skip(`errors as from the AWS provider (${found.reason})`, () => undefined);
} else {
  describe('as the AWS provider', () => {
    let provider: RealValidation;

    beforeAll(async () => {
      if ('reason' in found) throw new Error(found.reason);
      provider = await RealValidation.start(found.program);
    });

    afterAll(() => provider.stop());

    it.each(named(INVALID_RESOURCES))('refuses %s %s', async (_type, _config, resource) => {
      const [real, standIn] = [await provider.errors(resource), await standInErrors(resource)];
      const words = resource.hasOtherWords ? withoutParserWords : (errors: readonly string[]) => errors;
      expect(words(standIn)).toEqual(words(real));
    });

    it.each(named(VALID_RESOURCES))('accepts %s %s', async (_type, _config, resource) => {
      expect(await provider.errors(resource)).toEqual([]);
    });
  });
}

describeWithTerraform('Terraform', () => {
  const FUNCTION = `
    variable "memory" {
      default = 64
    }
    resource "aws_iam_role" "role" {
      name               = "pets"
      assume_role_policy = "{}"
    }
    resource "aws_lambda_function" "pets" {
      function_name = "pets"
      role          = aws_iam_role.role.arn
      handler       = "index.handler"
      runtime       = "nodejs22.x"
      filename      = "code.zip"
      memory_size   = var.memory
    }`;

  it('shows the error with its line', async () => {
    const folder = new TerraformFolder({ 'main.tf': FUNCTION });
    const { failed, output } = await folder.apply();
    folder.remove();
    expect({ failed, output }).toMatchObject({ failed: true });
    expect(output).toMatch(/Error: expected memory_size to be in the range \(128 - 10240\), got 64/);
    expect(output).toMatch(/with aws_lambda_function\.pets,\s+on main\.tf line 15/);
  });

  it('accepts values that only the apply knows', async () => {
    const folder = new TerraformFolder({ 'main.tf': FUNCTION.replace('64', '128') });
    const { failed, output } = await folder.apply();
    folder.remove();
    expect({ failed, output }).toMatchObject({ failed: false });
  });
});
