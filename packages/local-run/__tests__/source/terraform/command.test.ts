/** The command serves a folder of Terraform files. It runs in another folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../../../src/package-root';
import { send } from '../../support/http';
import { TerraformProject } from '../../support/terraform-project';
import { describeWithTerraform } from '../../support/with-terraform';

const COMMAND = path.join(PACKAGE_ROOT, 'bin/local-run.cjs');

const MAIN = `
terraform {
  backend "s3" {
    bucket = "states"
    key    = "hello"
    region = "eu-central-1"
  }
}
provider "aws" { region = "eu-central-1" }
variable "greeting" {}
module "api" {
  source   = "../../modules/api"
  greeting = var.greeting
}
output "url" { value = "\${module.api.url}/hello" }
output "other_url" { value = "https://example.com" }
output "password" {
  value     = "open-sesame"
  sensitive = true
}
`;

const API = `
variable "greeting" {}
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "\${path.module}/../../src"
  output_path = "\${path.module}/build/code.zip"
}
resource "aws_iam_role" "hello" {
  name               = "hello"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_lambda_function" "hello" {
  function_name    = "hello"
  role             = aws_iam_role.hello.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = data.archive_file.code.output_path
  source_code_hash = data.archive_file.code.output_base64sha256
  environment {
    variables = { GREETING = var.greeting, PASSWORD = random_password.p.result }
  }
}
resource "random_password" "p" { length = 12 }
resource "aws_apigatewayv2_api" "hello" {
  name          = "hello-api"
  protocol_type = "HTTP"
}
resource "aws_apigatewayv2_integration" "hello" {
  api_id                 = aws_apigatewayv2_api.hello.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.hello.invoke_arn
  payload_format_version = "2.0"
}
resource "aws_apigatewayv2_route" "hello" {
  api_id    = aws_apigatewayv2_api.hello.id
  route_key = "GET /hello"
  target    = "integrations/\${aws_apigatewayv2_integration.hello.id}"
}
resource "aws_apigatewayv2_stage" "live" {
  api_id      = aws_apigatewayv2_api.hello.id
  name        = "live"
  auto_deploy = true
}
resource "aws_lambda_permission" "hello" {
  function_name = aws_lambda_function.hello.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "\${aws_apigatewayv2_api.hello.execution_arn}/*/*"
}
output "url" { value = aws_apigatewayv2_stage.live.invoke_url }
`;

const handler = (word: string) => `exports.handler = async () => process.env.GREETING + ' ${word}';`;

let project: TerraformProject;
let child: ChildProcess;
let printed: string;

beforeEach(() => {
  project = new TerraformProject('stacks/dev');
  project.put('main.tf', MAIN);
  project.put('../../modules/api/main.tf', API);
  project.put('../../src/index.js', handler('world'));
  mkdirSync(path.join(project.folder, 'elsewhere'));
});

afterEach(async () => {
  await kill();
  await project.remove();
});

function startCommand(...args: readonly string[]): void {
  printed = '';
  child = spawn(process.execPath, [COMMAND, project.root, '--port', '0', ...args], {
    cwd: path.join(project.folder, 'elsewhere'),
    stdio: 'pipe',
    env: { ...process.env, XDG_CACHE_HOME: path.join(project.folder, 'cache'), TMPDIR: project.folder },
  });
  for (const pipe of [child.stdout, child.stderr]) {
    pipe?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
}

async function kill(): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'close');
}

/** Waits until the output of the command matches. @returns the match */
async function prints(pattern: RegExp): Promise<string> {
  for (;;) {
    const [match] = pattern.exec(printed) ?? [];
    if (match !== undefined) return match;
    if (child.exitCode !== null) throw new Error(`The run ended with ${child.exitCode} before ${pattern}:\n${printed}`);
    await setTimeout(20);
  }
}

interface Outputs {
  readonly url: string;
  readonly other_url: string;
  readonly password: string;
  readonly apis: Readonly<Record<string, string>>;
}

/** Starts the command, and waits until it is ready. @returns the outputs of the stack */
async function startRun(...args: readonly string[]): Promise<Outputs> {
  const file = path.join(project.folder, 'outputs.json');
  startCommand('--outputs-file', file, ...args);
  await prints(/Ready in/);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly dev: Outputs }).dev;
}

async function answer(url: string): Promise<unknown> {
  const { status, text } = await send(url, 'GET', new URL(url).pathname);
  return [status, text];
}

describeWithTerraform('the command', () => {
  test('serves the folder, writes the outputs file, and starts without Terraform when nothing changed', async () => {
    const before = project.listing();
    const { url, apis, other_url, password } = await startRun('--var', 'greeting=hello');
    expect(printed).toMatch(/password +<sensitive>/);
    expect(password).toBe('open-sesame');
    expect(apis).toEqual({ 'hello-api': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown });
    expect([url, other_url]).toEqual([`${apis['hello-api']}/live/hello`, 'https://example.com']);
    expect(await answer(url)).toEqual([200, 'hello world']);
    await kill();
    expect(project.listing()).toEqual(before);
    const again = await startRun('--var', 'greeting=hello');
    expect(await answer(again.url)).toEqual([200, 'hello world']);
  });

  test('applies saved changes of a module, of variables and of the source of a function', async () => {
    project.put('terraform.tfvars', 'greeting = "hello"');
    const { url } = await startRun('--watch');
    const changes = [
      () => project.put('../../src/index.js', handler('moon')),
      () => project.put('terraform.tfvars', 'greeting = "good night"'),
      () => project.put('../../modules/api/main.tf', API.replace('var.greeting,', '"$' + '{var.greeting},",')),
    ];
    const answers = ['hello moon', 'good night moon', 'good night, moon'];
    for (const [index, change] of changes.entries()) {
      printed = '';
      change();
      expect(await prints(/reloaded .*\n.*\n/)).toMatch(/dev: /);
      expect(await answer(url)).toEqual([200, answers[index]]);
    }
    printed = '';
    project.put('../../src/index.js', "exports.handler = async () => {\n  return 'x' +;\n};");
    expect(await prints(/failed .*\n.*\n.*\n/)).toMatch(
      /src\/index\.js, \d+ ms: the previous version keeps serving\n +the code of hello has a syntax error:\n +index\.js:2:\d+: Unexpected ";"/,
    );
    expect(await answer(url)).toEqual([200, 'good night, moon']);
    printed = '';
    project.put('main.tf', `${MAIN}\nmistake`);
    expect(await prints(/failed[^]*╵/)).toMatch(
      /stacks\/dev\/main\.tf[^]*the previous version keeps serving[^]*on main\.tf line \d+/,
    );
    expect(await answer(url)).toEqual([200, 'good night, moon']);
  });

  test('ends with the diagnostics of Terraform', async () => {
    startCommand();
    await expect(prints(/Ready in/)).rejects.toThrow(/ended with 1/);
    expect(printed).toMatch(/^Evaluating the Terraform files \.\.\.\n╷\n[^]*│ Error: No value for required variable\n/);
    expect(printed).toContain('variable "greeting"');
    expect(printed).not.toMatch(/^ +at /m);
  });

  test('refuses options for Terraform files when the folder has a cdktf.json', async () => {
    project.put('cdktf.json', '{ "app": "true" }');
    startCommand('--var', 'a=1', '--workspace', 'dev');
    await expect(prints(/Ready in/)).rejects.toThrow(/ended with 1/);
    expect(printed).toMatch(
      /--var, --workspace: .*stacks\/dev has a cdktf\.json, and these options are for folders of/,
    );
  });

  test('prints only the error about a folder without a project', async () => {
    await project.remove();
    project = new TerraformProject('empty');
    mkdirSync(path.join(project.folder, 'elsewhere'));
    startCommand();
    await expect(prints(/Ready in/)).rejects.toThrow(/ended with 1/);
    expect(printed).toMatch(/^There is no project to run: /);
  });

  test('refuses faulty values of options', async () => {
    startCommand('--var', 'a', '--var-file', '', '--workspace', '', '--aws-endpoint', 'localhost');
    await expect(prints(/Ready in/)).rejects.toThrow(/ended with 1/);
    expect(printed).toContain('--var: saw a; allowed is NAME=VALUE.');
    expect(printed).toContain('--var-file: saw an empty value; pass a path.');
    expect(printed).toContain('--workspace: saw an empty value; pass a name.');
    expect(printed).toContain('--aws-endpoint: saw localhost; allowed is a URL such as http://127.0.0.1:4566.');
  });
});
