/** Terraform applies configurations with the stand-in providers, without an account, the network or a provider's program. */
import { type AppliedRun, TerraformFolder } from '../support/stand-in';
import { describeWithTerraform } from '../support/with-terraform';

const ACCOUNT = '123456789012';

const API = `
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["${ACCOUNT}"]
  default_tags {
    tags = { team = "pets" }
  }
}
resource "aws_dynamodb_table" "pets" {
  name         = "pets"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_apigatewayv2_authorizer" "cached" {
  api_id           = aws_apigatewayv2_api.pets.id
  name             = "cached"
  authorizer_type  = "REQUEST"
  authorizer_uri   = aws_lambda_function.pets.invoke_arn
  identity_sources = ["$request.header.key"]
}
data "aws_caller_identity" "me" {}
data "aws_iam_policy" "managed" {
  for_each = toset(["AWSLambdaBasicExecutionRole", "AmazonDynamoDBReadOnlyAccess"])
  name     = each.key
}
data "aws_iam_policy_document" "table" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.pets.arn]
  }
}
resource "aws_iam_role" "pets" {
  name               = "pets"
  path               = "/service/"
  assume_role_policy = "{}"
  tags               = { cost = "low" }
}
resource "aws_lambda_function" "pets" {
  function_name = "pets"
  role          = aws_iam_role.pets.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "code.zip"
  publish       = true
  environment {
    variables = { TABLE = aws_dynamodb_table.pets.name }
  }
}
resource "aws_apigatewayv2_api" "pets" {
  name          = "pets"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_api" "same" {
  count         = 2
  name          = "same"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "pets" {
  api_id           = aws_apigatewayv2_api.pets.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.pets.invoke_arn
}
resource "aws_sqs_queue" "named" {
  name_prefix = "jobs-"
}
output "url" {
  value = aws_apigatewayv2_api.pets.api_endpoint
}
output "account" {
  value = data.aws_caller_identity.me.account_id
}
output "managed" {
  value = values(data.aws_iam_policy.managed)[*].arn
}
output "policy" {
  value = data.aws_iam_policy_document.table.json
}
`;

/** The types of the state, which Terraform needs to destroy resources. */
const typesOf = ({ instances }: AppliedRun) => [...instances.keys()].map((address) => String(address.split('.')[0]));

describeWithTerraform('the stand-in providers', () => {
  let folder: TerraformFolder;
  let run: AppliedRun;

  const values = (address: string) => run.instances.get(address)?.values ?? {};

  beforeAll(async () => {
    folder = new TerraformFolder({ 'main.tf': API, 'code.zip': '' });
    run = await folder.apply();
  });

  afterAll(() => folder.remove());

  it('applies the configuration', () => {
    expect(run.output).toContain('Apply complete!');
  });

  it('generates ids and ARNs in the forms of AWS, in the region and account of the provider block', () => {
    const { api_endpoint, execution_arn, ...api } = values('aws_apigatewayv2_api.pets');
    const id = String(api['id']);
    expect(id).toMatch(/^[a-z0-9]{10}$/);
    expect(api_endpoint).toBe(`https://${id}.execute-api.eu-west-1.amazonaws.com`);
    expect(execution_arn).toBe(`arn:aws:execute-api:eu-west-1:${ACCOUNT}:${id}`);
    expect(values('aws_iam_role.pets')['arn']).toBe(`arn:aws:iam::${ACCOUNT}:role/service/pets`);
    expect(values('aws_dynamodb_table.pets')['arn']).toBe(`arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/pets`);
    const arn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pets`;
    expect(values('aws_lambda_function.pets')).toMatchObject({
      ...{ arn, version: '1', qualified_arn: `${arn}:1` },
      invoke_arn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
    expect(values('aws_sqs_queue.named')['name']).toMatch(/^jobs-\w+$/);
  });

  it('fills in the defaults of the provider', () => {
    expect(values('aws_lambda_function.pets')).toMatchObject({ timeout: 3, memory_size: 128, package_type: 'Zip' });
    expect(values('aws_apigatewayv2_integration.pets')).toMatchObject({ payload_format_version: '1.0' });
  });

  it('fills in the defaults of API Gateway', () => {
    expect(values('aws_apigatewayv2_integration.pets')).toMatchObject({ timeout_milliseconds: 30_000 });
    expect(values('aws_apigatewayv2_authorizer.cached')).toMatchObject({ authorizer_result_ttl_in_seconds: 300 });
  });

  it('finds AWS-managed policies by their names, with their paths', () => {
    expect(run.outputs['managed']).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess',
    ]);
  });

  it('merges the default tags of the provider block', () => {
    expect(values('aws_iam_role.pets')['tags_all']).toEqual({ team: 'pets', cost: 'low' });
  });

  it('reads data sources that depend on new resources', () => {
    expect(run.outputs['account']).toBe(ACCOUNT);
    expect(JSON.parse(String(run.outputs['policy']))).toEqual({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: values('aws_dynamodb_table.pets')['arn'] }],
    });
  });

  it('stores the attributes that the configuration sets', () => {
    expect(run.instances.get('aws_lambda_function.pets')?.configured).toEqual({
      ...{
        function_name: 'pets',
        runtime: 'nodejs22.x',
        handler: 'index.handler',
        filename: 'code.zip',
        publish: true,
      },
      ...{ role: values('aws_iam_role.pets')['arn'], environment: [{ variables: { TABLE: 'pets' } }] },
    });
  });

  it('gives equal configurations different ids', () => {
    const ids = [0, 1].map((index) => values(`aws_apigatewayv2_api.same[${index}]`)['id']);
    expect(new Set(ids).size).toBe(2);
  });

  it('generates the same ids in each run without a state', async () => {
    const other = new TerraformFolder({ 'main.tf': API, 'code.zip': '' });
    const { outputs } = await other.apply();
    other.remove();
    expect(outputs).toEqual(run.outputs);
  });

  it('plans no change of a state that fits the configuration', async () => {
    expect((await folder.apply()).output).toContain('0 added, 0 changed, 0 destroyed');
  });

  it('keeps the ids of changed resources, and changes what derives from changed attributes', async () => {
    const { id } = values('aws_apigatewayv2_api.pets');
    const changed = API.replace('name         = "pets"', 'name         = "cats"').replace(
      'name          = "pets"',
      'name          = "cats"',
    );
    folder.write({ 'main.tf': changed });
    const { output, instances } = await folder.apply();
    expect(output).toMatch(/0 added, \d changed, 0 destroyed/);
    expect(instances.get('aws_apigatewayv2_api.pets')?.values).toMatchObject({ id, name: 'cats' });
    expect(instances.get('aws_dynamodb_table.pets')?.values['arn']).toMatch(/table\/cats$/);
    expect(instances.get('aws_lambda_function.pets')?.configured['environment']).toEqual([
      { variables: { TABLE: 'cats' } },
    ]);
  });

  it('destroys resources that the configuration no longer has', async () => {
    folder.write({ 'main.tf': 'provider "aws" {\n}\n' });
    const { output, instances } = await folder.apply(typesOf(run));
    expect(output).toMatch(/0 added, 0 changed, \d+ destroyed/);
    expect(instances.size).toBe(0);
  });

  it('plans the domain names of a certificate, so that for_each makes a record of each', async () => {
    const certificate = `
      resource "aws_acm_certificate" "c" {
        domain_name               = "example.com"
        subject_alternative_names = ["*.example.com", "api.example.com"]
        validation_method         = "DNS"
      }
      resource "aws_route53_record" "v" {
        for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }
        zone_id  = "Z1"
        name     = each.value.resource_record_name
        type     = each.value.resource_record_type
        records  = [each.value.resource_record_value]
        ttl      = 60
      }`;
    const project = new TerraformFolder({ 'main.tf': certificate });
    try {
      const { failed, output, instances } = await project.apply();
      expect({ failed, output }).toMatchObject({ failed: false });
      const records = [...instances].filter(([address]) => address.startsWith('aws_route53_record.'));
      expect(records.map(([address, { values: record }]) => [address, record['type'], record['name']])).toEqual([
        ['aws_route53_record.v["*.example.com"]', 'CNAME', expect.stringMatching(/^_[0-9a-f]{32}\.example\.com\.$/)],
        ['aws_route53_record.v["api.example.com"]', 'CNAME', expect.stringMatching(/^_\w+\.api\.example\.com\.$/)],
        ['aws_route53_record.v["example.com"]', 'CNAME', expect.stringMatching(/^_[0-9a-f]{32}\.example\.com\.$/)],
      ]);
    } finally {
      project.remove();
    }
  });
});
