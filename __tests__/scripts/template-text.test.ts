/** The scanner of templates in texts: it accepts calculations, and finds calls, references to the machine and unclear spellings. */
import { templateFaults } from '../../scripts/terraform/template-text';

test.each([
  'plain (text) with file("x") and path.cwd',
  '$context.requestId, $input.params("x"), 100 % {x}, $ {x}, {$}',
  '$${file("x")} and %%{ if file("x") }',
  '${aws_x.file.path}',
  '${join(",", [for k, v in var.x : "${k}=${upper(v)}" if (v != "")])}',
  '${{ path = "a", self = 1 }}',
  '${path.module}/x and ${ path . module }',
  '${var.x == "file(" ? "path.cwd" : "a \\" b"}',
  '%{ for x in (var.list) ~}${x}%{ endfor }',
  '${data.aws_region.x["terraform.workspace"]}',
])('accepts %s', (text) => expect(templateFaults(text)).toEqual([]));

test.each([
  ['${file("x")}', ['calls file()']],
  ['${ file\n( "x") }', ['calls file()']],
  ['a ${"b ${"c ${file("x")}"}"}', ['calls file()']],
  ['${"a \\" ${file("x")}"}', ['calls file()']],
  ['${"\\\\"}${file("x")}', ['calls file()']],
  ['${"\\${file("x")}"}', ['calls file()']],
  ['%{ if fileexists("x") }a%{ endif }', ['calls fileexists()']],
  ['${[for f in fileset("/", "*") : filebase64(f)]}', ['calls fileset()', 'calls filebase64()']],
  ['${1file("x")}', ['calls file()']],
  ['${templatestring(var.x, {})}', ['calls templatestring()']],
  ['${uuid()} ${timestamp()} ${plantimestamp()}', ['calls uuid()', 'calls timestamp()', 'calls plantimestamp()']],
  ['${nonsensitive(var.x)}', ['calls nonsensitive()']],
  ['${newfunction(1)}', ['calls newfunction()']],
  ['${provider::aws::arn_parse("x")}', ['calls a function with a namespace', 'calls arn_parse()']],
  ['${core::file("x")}', ['calls a function with a namespace', 'calls file()']],
  ['${file/* x */("x")}', ['contains a comment']],
  ['${file //\n("x")}', ['contains a comment']],
  ['${file #\n("x")}', ['contains a comment']],
  ['${<<E\n${file("x")}\nE\n}', ['contains a heredoc', 'calls file()']],
  ['$$${file("x")}', ['has the unclear escape $$${', 'calls file()']],
  ['%$${file("x")}', ['has the unclear escape %$${', 'calls file()']],
  ['${path.cwd} ${path["root"]} ${ path\n.cwd }', ['refers to path']],
  ['${path.modules}', ['refers to path']],
  ['${terraform.workspace}', ['refers to terraform']],
  ['${self.arn}', ['refers to self']],
  ['${ephemeral.aws_x.y}', ['refers to ephemeral']],
  ['${var.x', ['has a template without an end']],
  ['${"x}', ['has a quoted text without an end', 'has a template without an end']],
])('refuses %s', (text, faults) => expect(templateFaults(text)).toEqual(faults));

test('refuses deep templates, without ending the process', () => {
  expect(templateFaults('${"'.repeat(100_000))).toContain('has more than 50 nested templates');
});

test('takes linear time', () => {
  const started = performance.now();
  templateFaults(`\${${'a . '.repeat(500_000)}}`);
  templateFaults('$'.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(5000);
});
