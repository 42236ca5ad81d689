/** The phrases of a reload line, for Terraform files that real Terraform evaluates before and after a change. */
import type { Deployment } from '../../src/model/deployment';
import { changesBetween } from '../../src/engine/changes';
import { deploymentOf } from '../../src/source/deployment';
import { TerraformProject } from '../support/terraform-project';
import { describeWithTerraform } from '../support/with-terraform';

const TRUST = `jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })`;

const MAIN = `
provider "aws" { region = "eu-central-1" }
data "archive_file" "code" {
  type        = "zip"
  output_path = "\${path.module}/code.zip"
  source {
    filename = "index.js"
    content  = "exports.handler = async () => 'one';"
  }
}
resource "aws_iam_role" "list" {
  name               = "list"
  assume_role_policy = ${TRUST}
}
resource "aws_iam_role_policy" "list" {
  role   = aws_iam_role.list.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:Scan", Resource = aws_dynamodb_table.orders.arn }]
  })
}
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_lambda_function" "list" {
  function_name = "list"
  role          = aws_iam_role.list.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = data.archive_file.code.output_path
  environment {
    variables = { TABLE = aws_dynamodb_table.orders.name, API = aws_apigatewayv2_api.orders.id }
  }
}
resource "aws_apigatewayv2_api" "orders" {
  name          = "orders-api"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "list" {
  api_id                 = aws_apigatewayv2_api.orders.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.list.invoke_arn
  payload_format_version = "2.0"
}
resource "aws_apigatewayv2_route" "list" {
  for_each  = toset(["GET /orders"])
  api_id    = aws_apigatewayv2_api.orders.id
  route_key = each.key
  target    = "integrations/\${aws_apigatewayv2_integration.list.id}"
}
resource "aws_apigatewayv2_stage" "each" {
  for_each    = toset(["blue", "green"])
  api_id      = aws_apigatewayv2_api.orders.id
  name        = each.key
  auto_deploy = true
}
resource "aws_lambda_permission" "list" {
  function_name = aws_lambda_function.list.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "\${aws_apigatewayv2_api.orders.execution_arn}/*/*"
}
output "host" { value = "orders.example.com" }
`;

describeWithTerraform('the changes of a reload', () => {
  let project: TerraformProject;
  let before: Deployment;

  beforeAll(async () => {
    project = new TerraformProject();
    before = await read(MAIN);
  });

  afterAll(() => project.remove());

  async function read(main: string): Promise<Deployment> {
    project.put('main.tf', main);
    const [stack] = (await project.load()).stacks;
    if (!stack) throw new Error('The project has no stack.');
    return deploymentOf(stack, new Map([['aws_apigatewayv2_api.orders', 'http://127.0.0.1:3000']]));
  }

  async function changesOf(from: string, to: string): Promise<string[]> {
    expect(MAIN).toContain(from);
    const after = await read(MAIN.replace(from, to));
    return changesBetween([before], [after]).map((change) => change.replace(/^infra: /, ''));
  }

  const afterHandler = (lines: string) =>
    ['  handler       = "index.handler"\n', `  handler = "index.handler"\n${lines}\n`] as const;

  test.each([
    ['an attribute', afterHandler('timeout = 9'), ['timeout of aws_lambda_function.list']],
    ['an attribute that is set to its default', afterHandler('timeout = 3'), []],
    [
      'a variable of a function',
      ['TABLE =', 'NAME ='],
      ['environment.variables.TABLE, environment.variables.NAME of aws_lambda_function.list'],
    ],
    ['the code of a function', ["'one'", "'two'"], ['code of list']],
    ['the path of an archive', ['module}/code.zip', 'module}/other.zip'], []],
    ['a policy', ['dynamodb:Scan', 'dynamodb:Query'], ['policy of aws_iam_role_policy.list']],
    ['a route', ['["GET /orders"]', '["GET /orders", "PUT /orders"]'], ['+ PUT /blue/orders', '+ PUT /green/orders']],
    ['a stage', ['["blue", "green"]', '["green"]'], ['- stage blue of orders-api']],
    ['the description of an API, which gets another id', ['"HTTP"', '"HTTP"\n  description = "Orders"'], []],
    ['the name of an API', ['"orders-api"', '"orders"'], ['name of aws_apigatewayv2_api.orders']],
    [
      'the name of a function',
      ['function_name = "list"', 'function_name = "all"'],
      [
        '+ function all',
        '- function list',
        'function_name of aws_lambda_function.list',
        'function_name of aws_lambda_permission.list',
      ],
    ],
    [
      'a permission',
      ['"aws_lambda_permission" "list"', '"aws_lambda_permission" "api"'],
      ['+ aws_lambda_permission.api', '- aws_lambda_permission.list'],
    ],
    [
      'a table',
      [
        'resource "aws_lambda_permission"',
        'resource "aws_dynamodb_table" "x" {\n  name = "shelf"\n  billing_mode = "PAY_PER_REQUEST"\n  hash_key = "id"\n  attribute {\n    name = "id"\n    type = "S"\n  }\n}\nresource "aws_lambda_permission"',
      ],
      ['+ table shelf'],
    ],
    [
      'something that the run does not simulate',
      afterHandler(
        'file_system_config {\n  arn = "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-1"\n  local_mount_path = "/mnt/a"\n}',
      ),
      ['- function list', '501 from GET /blue/orders', '501 from GET /green/orders'],
    ],
    ['an output', ['orders.example.com', 'example.com'], ['output host']],
  ] as const)('name %s', async (_, [from, to], changes) => {
    expect(await changesOf(from, to)).toEqual(changes);
  });
});
