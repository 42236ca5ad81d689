/** Values of Terraform's JSON syntax in native syntax. */
import { printBlock, references, resourceBody } from '../../../scripts/eject/body';
import { EncodedJson, expression, literal, type Value } from '../../../scripts/eject/hcl';

test.each<[name: string, value: Value, hcl: string]>([
  ['a reference without quotes', '${aws_iam_role.function.arn}', 'aws_iam_role.function.arn'],
  ['an expression with spaces', '${ var.name }', 'var.name'],
  ['two references as a template', '${var.one}${var.two}', '"${var.one}${var.two}"'],
  ['a reference in a text', 'integrations/${aws_x.y.id}', '"integrations/${aws_x.y.id}"'],
  ['an escaped template as it is', "$${PROP('Dim.route')}", '"$${PROP(\'Dim.route\')}"'],
  ['an escaped directive as it is', '100 %%{if}', '"100 %%{if}"'],
  ['a directive', '%{ if var.on }a%{ endif }', '"%{ if var.on }a%{ endif }"'],
  ['a dollar sign without a brace', '$default', '"$default"'],
  ['quotes and backslashes escaped', 'a "b" \\d', '"a \\"b\\" \\\\d"'],
  ['line ends escaped', 'a\r\n\tb\u0001', '"a\\r\\n\\tb\\u0001"'],
  ['quotes in an expression as they are', 'x-${aws_x.y["a}"].id}', '"x-${aws_x.y["a}"].id}"'],
  ['an object in an expression', '${jsonencode({ a = "${var.b}}" })}', 'jsonencode({ a = "${var.b}}" })'],
  ['numbers and booleans', [1, true, 0.5, null], '[1, true, 0.5, null]'],
  ['a text of digits as a text', '10', '"10"'],
  ['a short object in a line', { stat: 'Sum' }, '{ stat = "Sum" }'],
  ['keys that are no identifiers with quotes', { 'a.b': 1, for: 2, 'x-y': 3 }, '{\n"a.b" = 1\n"for" = 2\nx-y = 3\n}'],
  ['a tilde as a template', '${~ var.a ~}', '"${~ var.a ~}"'],
  ['an expression with line ends in parentheses', '${var.a ?\n 1 :\n 2}', '(\nvar.a ?\n 1 :\n 2\n)'],
  ['braces and quotes in comments', '${var.a /* "} */}', 'var.a /* "} */'],
  ['large and small numbers', [1e21, 1.5e-7, -0], '[1e+21, 1.5e-7, 0]'],
  ['JSON', new EncodedJson({ a: '${var.b}' }), 'jsonencode({ a = var.b })'],
])('prints %s', (_, value, hcl) => {
  expect(expression(value)).toBe(hcl);
});

test.each<[value: Value, hcl: string]>([
  ['costs ${5} and %{if}', '"costs $${5} and %%{if}"'],
  ['$${x}', '"$$${x}"'],
  [{ '${a}': ['${b}', null] }, '{ "$${a}" = ["$${b}", null] }'],
])('prints %j as literal text', (value, hcl) => {
  expect(literal(value)).toBe(hcl);
});

test.each(['%{ for x in var.y ~}\n${x}%{ endfor }', 'a\n${~ var.x }'])(
  'refuses %j, whose tilde trims other lines in HCL',
  (text) => {
    expect(() => expression(text)).toThrow('removes line ends with a tilde, which HCL does in another way.');
  },
);

test('refuses an expression without an end', () => {
  expect(() => expression('a ${var.b')).toThrow('The template "a ${var.b" has no closing brace.');
});

const SCHEMA = {
  attributes: { name: { type: 'string' }, ingress: { type: ['set', ['object', { port: 'number' }]] }, tags: {} },
  block_types: {
    alias: { block: { attributes: { zone: {} } } },
    rule: { block: { attributes: { days: { type: 'number' } } } },
  },
} as const;

test('prints arguments before nested blocks, and lifecycle and depends_on last', () => {
  const block = {
    count: 2,
    depends_on: ['aws_x.b'],
    lifecycle: { ignore_changes: ['name'], precondition: [{ condition: '${var.a}', error_message: 'no' }] },
    rule: [{ days: 1 }, { days: '${var.days}' }],
    name: 'a',
    description: null,
    ingress: [{ port: 80 }],
    tags: { a: 'b' },
  };
  expect(printBlock('resource "aws_x" "a"', resourceBody('stack: aws_x.a', block, SCHEMA))).toBe(`resource "aws_x" "a" {
count = 2
name = "a"
tags = { a = "b" }

rule {
days = 1
}

rule {
days = var.days
}

ingress {
port = 80
}

lifecycle {
ignore_changes = [name]

precondition {
condition = var.a
error_message = "no"
}
}

depends_on = [aws_x.b]
}
`);
});

test('prints an empty list as an argument, not as a block', () => {
  expect(resourceBody('stack: aws_x.a', { ingress: [], rule: [] }, SCHEMA)).toEqual(['ingress = []']);
});

test('prints a block with the name of a meta-argument of providers', () => {
  const printed = resourceBody('stack: aws_x.a', { alias: { zone: 'z' } }, SCHEMA)
    .join('\n')
    .trim();
  expect(printed).toBe('alias {\nzone = "z"\n}');
});

test('prints dynamic blocks', () => {
  const block = { dynamic: { rule: { for_each: '${var.rules}', iterator: 'it', content: { days: '${it.value}' } } } };
  const printed = 'dynamic "rule" {\nfor_each = var.rules\niterator = it\n\ncontent {\ndays = it.value\n}\n}';
  expect(resourceBody('stack: aws_x.a', block, SCHEMA).join('\n').trim()).toBe(printed);
});

test('refuses arguments that the provider does not list', () => {
  expect(() => resourceBody('stack: aws_x.a', { colour: 'red' }, SCHEMA)).toThrow(
    'stack: aws_x.a has the argument colour, which the provider does not list.',
  );
});

test('prints provisioners with their connections', () => {
  const block = {
    connection: { host: '${self.name}' },
    provisioner: [
      { 'local-exec': { command: 'echo "${self.id}"', on_failure: 'continue', when: 'destroy' } },
      { file: { connection: { host: 'h' }, source: 'a' } },
    ],
  };
  expect(resourceBody('stack: aws_x.a', block, SCHEMA).join('\n').trim()).toBe(`connection {
host = self.name
}

provisioner "local-exec" {
command = "echo \\"\${self.id}\\""
on_failure = continue
when = destroy
}

provisioner "file" {
source = "a"

connection {
host = "h"
}
}`);
});

test('prints addresses without quotes', () => {
  expect(references('all')).toBe('all');
  expect(references(['${aws_x.a}', 'aws_x.b'])).toBe('[aws_x.a, aws_x.b]');
  expect(() => references([1])).toThrow('A list of references is [1].');
});
