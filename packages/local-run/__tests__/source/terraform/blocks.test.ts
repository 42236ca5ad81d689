import { readHcl } from '../../../src/source/terraform/hcl-blocks';
import { readJsonBlocks } from '../../../src/source/terraform/json-blocks';

function summary({ blocks }: ReturnType<typeof readHcl>): string[] {
  return blocks.map(({ type, labels, strings, nested }) =>
    [
      type,
      ...labels,
      ...[...strings].map(([name, value]) => `${name}=${value}`),
      ...[...nested].map((name) => `${name}{}`),
    ].join(' '),
  );
}

describe('a .tf file', () => {
  test('has blocks with their labels, string arguments and nested blocks', () => {
    const text = `
resource "null_resource" "build" {
  triggers = { hash = "x" }
  provisioner "local-exec" {
    command = "make"
  }
}
module "api" {
  source = "../modules/api"
  name   = "api-\${var.stage}"
  tags   = { source = "no" }
}
terraform {
  backend "s3" {}
  cloud { organization = "pets" }
}
variable "name" {}
locals {
}`;
    expect(summary(readHcl(text))).toEqual([
      'resource null_resource build provisioner{}',
      'module api source=../modules/api',
      'terraform backend{} cloud{}',
      'variable name',
      'locals',
    ]);
  });

  test('ignores comments, heredocs and braces within strings', () => {
    const text = `
# resource "a" "commented" {
// resource "b" "commented" {
/* resource "c" "commented" {
   provisioner "local-exec" { */
resource "d" "real" { # {
  policy = <<-EOT
    provisioner "local-exec" { \${jsonencode({ "x" = "}" })}
  EOT
  name = "}{ $\${no} \${ { a = "}" }.a } \\" {"
}
resource "e" "next" {}
`;
    expect(summary(readHcl(text))).toEqual(['resource d real', 'resource e next']);
  });

  test('finds nested blocks behind lists, calls and objects of several lines', () => {
    const text = `
resource "null_resource" "build" {
  count = length([
    for name in ["a"] : {
      provisioner = name
    }
  ])
  triggers = merge({
    a = 1
  }, {})
  provisioner "file" {
  }
}`;
    expect(summary(readHcl(text))).toEqual(['resource null_resource build provisioner{}']);
  });

  test('has the data sources of checks as blocks', () => {
    const text = 'check "health" {\n  data "aws_region" "current" {\n  }\n  assert {\n  }\n}\nlocals {\n}';
    expect(summary(readHcl(text))).toEqual(['check health', 'data aws_region current assert{}', 'locals']);
  });

  test('names the addresses of required providers', () => {
    const text = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5" }
    pets = {
      version = "1.0"
      source  = "example.com/zoo/pets"
    }
  }
}`;
    expect(readHcl(text).blocks.flatMap(({ sources }) => sources)).toEqual(['hashicorp/aws', 'example.com/zoo/pets']);
  });

  test.each(['resource "a', 'x = <<EOT\nno end', '/* no end', '"${ no end', '}}}', '{{{ a {'])(
    'may end anywhere: %s',
    (text) => {
      expect(() => readHcl(text)).not.toThrow();
    },
  );
});

describe('a .tf.json file', () => {
  test('has blocks as objects, or as lists of objects', () => {
    const text = JSON.stringify({
      '//': 'a comment',
      resource: [
        { null_resource: { build: { provisioner: [{ 'local-exec': { command: 'make' } }] } } },
        { aws_s3_bucket: [{ one: {} }, { two: {} }] },
      ],
      module: { api: { source: '../modules/api', name: 'api-${var.stage}' } },
      terraform: { backend: { s3: {} } },
    });
    expect(summary(readJsonBlocks(text))).toEqual([
      'resource null_resource build provisioner{}',
      'resource aws_s3_bucket one',
      'resource aws_s3_bucket two',
      'module api source=../modules/api source{} name{}',
      'terraform backend{}',
    ]);
  });

  test('has the data sources of checks, and ephemeral resources, as blocks', () => {
    const text = JSON.stringify({
      check: { health: { data: { aws_region: { current: {} } } } },
      ephemeral: { aws_kms_secrets: { pets: {} } },
    });
    expect(summary(readJsonBlocks(text))).toEqual([
      'check health data{}',
      'data aws_region current',
      'ephemeral aws_kms_secrets pets',
    ]);
  });

  test('names the addresses of required providers', () => {
    const aws = { source: 'hashicorp/aws', version: '~> 5' };
    const text = JSON.stringify({ terraform: { required_providers: { aws } } });
    expect(readJsonBlocks(text).blocks.flatMap(({ sources }) => sources)).toEqual(['hashicorp/aws']);
  });

  test.each(['', '{', '[]', 'null', '1', '{ "resource": 1, "module": { "a": null } }'])('may be faulty: %s', (text) => {
    expect(readJsonBlocks(text).blocks).toEqual([]);
  });
});

describe('the calls of functions that read files', () => {
  test.each([
    ['file("/a.txt")', ['/a.txt']],
    ['templatefile("/a/${var.b}.txt", { c = "/d" })', ['/a/${var.b}.txt'], true],
    ['[for f in fileset("${path.module}/x", "*") : f]', ['${path.module}/x']],
    ['filesha256(join("/", ["/a", local.b]))', ['/', '/a'], true],
    ['"${upper("${file("/a")}")} (file)"', ['/a']],
    ['local.file("/a")["file"]', ['/a']],
    ['file', undefined],
    ['profile("/a")', undefined],
  ])('of %s', (expression, strings, hasReferences = false) => {
    const expected = strings ? [{ strings, hasReferences, isFromProgram: false }] : [];
    expect(readHcl(`locals {\n  a = ${expression}\n}`).fileCalls).toEqual(expected);
    const json = JSON.stringify({ locals: { a: `\${${expression}}` } });
    expect(readJsonBlocks(json).fileCalls).toEqual(expected);
  });

  test('whose path is the result of a program', () => {
    const [call] = readHcl('locals {\n  a = file(data.external.e.result["path"])\n}').fileCalls;
    expect(call).toEqual({ strings: ['path'], hasReferences: true, isFromProgram: true });
  });
});
