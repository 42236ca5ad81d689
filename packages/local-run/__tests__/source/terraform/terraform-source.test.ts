/** Evaluates projects with real Terraform. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TerraformSourceOptions } from '../../../src/source/terraform/terraform-source';
import { loadFrom, TerraformProject } from '../../support/terraform-project';
import { describeWithTerraform } from '../../support/with-terraform';

let project: TerraformProject;

beforeEach(() => {
  project = new TerraformProject();
});

afterEach(() => project.remove());

const WORKSPACE = 'output "workspace" { value = terraform.workspace }';

describeWithTerraform('Terraform', () => {
  describe('variables', () => {
    beforeEach(() => {
      project.put('main.tf', 'variable "a" {}\nvariable "b" {}\noutput "values" { value = [var.a, var.b] }');
    });

    test('come from terraform.tfvars and from *.auto.tfvars', async () => {
      project.put('terraform.tfvars', 'a = "tfvars"');
      project.put('more.auto.tfvars.json', '{ "b": "auto" }');
      expect((await project.load()).outputs['values']).toEqual(['tfvars', 'auto']);
    });

    test('come from TF_VAR_*, from files, and from the command, the last with the highest precedence', async () => {
      project.put('../settings/dev.tfvars', 'b = "file"\na = "file"');
      const settings = {
        ...{ variables: ['a=command=1'], provisioners: false },
        variableFiles: [path.join(project.root, '../settings/dev.tfvars')],
      };
      const environment = { TF_VAR_a: 'environment', TF_VAR_b: 'environment' };
      expect((await project.load({ environment })).outputs['values']).toEqual(['environment', 'environment']);
      expect((await project.load({ environment, settings })).outputs['values']).toEqual(['command=1', 'file']);
    });

    test('that are missing are all named, with file and line', async () => {
      const message = await project.failure();
      expect(message).toMatch(/Error: No value for required variable[^]*on main\.tf line 1:[^]*variable "a"/);
      expect(message).toMatch(/on main\.tf line 2:[^]*variable "b"/);
    });

    test('are not taken from TF_CLI_ARGS', async () => {
      const environment = { TF_CLI_ARGS: '-no-color', TF_CLI_ARGS_apply: '-var a=1 -var b=2 -refresh-only' };
      expect(await project.failure({ environment })).toContain('No value for required variable');
    });
  });

  describe('the workspace', () => {
    beforeEach(() => project.put('main.tf', WORKSPACE));

    test.each([
      ['default', {}],
      ['dev', { settings: { workspace: 'dev', variables: [], variableFiles: [], provisioners: false } }],
      ['test', { environment: { TF_WORKSPACE: 'test' } }],
    ])('is %s', async (workspace, options) => {
      expect((await project.load(options)).outputs).toEqual({ workspace });
    });

    test('is the workspace that terraform workspace select selected', async () => {
      project.put('.terraform/environment', 'prod');
      expect((await project.load()).outputs).toEqual({ workspace: 'prod' });
    });
  });

  describe('nothing of these is read or written:', () => {
    test.each([
      ['a backend', 'terraform {\n  backend "s3" {\n    bucket = "x"\n    key = "y"\n    region = "us-east-1"\n  }\n}'],
      ['a local backend', 'terraform {\n  backend "local" {\n    path = "../state/terraform.tfstate"\n  }\n}'],
      ['a cloud block', 'terraform {\n  cloud {\n    organization = "pets"\n    workspaces { name = "dev" }\n  }\n}'],
    ])('%s', async (_name, text) => {
      project.put('main.tf', `${text}\n${WORKSPACE}`);
      project.put('../state/terraform.tfstate', 'not a state');
      project.put('terraform.tfstate', 'not a state');
      project.put('.terraform.lock.hcl', 'not a lock file');
      project.put('.terraform/terraform.tfstate', 'not a backend');
      const before = project.listing();
      expect((await project.load({ environment: { TF_WORKSPACE: 'dev' } })).outputs).toEqual({ workspace: 'dev' });
      expect(project.listing()).toEqual(before);
    });

    test('a backend in Terraform JSON, overridden by the user', async () => {
      project.put('main.tf.json', JSON.stringify({ terraform: { backend: { s3: {} } }, output: { a: { value: 1 } } }));
      project.put('zzz_override.tf', 'terraform {\n  backend "gcs" {}\n}');
      expect((await project.load()).outputs).toEqual({ a: 1 });
    });
  });

  test.each([
    [
      'datadog_monitor',
      /no stand-in for datadog_monitor\..*aws, archive.* Put these blocks into a folder of their own/,
    ],
    ['aws_no_such_thing', /no stand-in for aws_no_such_thing\..* Run `terraform init` in the folder/],
  ])('the type %s, which no stand-in has, is named with advice', async (type, advice) => {
    project.put('main.tf', `resource "${type}" "a" {}`);
    const message = await project.failure();
    expect(message).toMatch(/does not support resource type/);
    expect(message).toMatch(advice);
  });

  describe('provisioners', () => {
    const BUILD = (marker: string) => `
resource "terraform_data" "build" {
  provisioner "local-exec" {
    command = "echo built > ${marker}"
  }
}`;

    beforeEach(() => {
      project.put('main.tf', `${BUILD('root.txt')}\nmodule "m" {\n  source = "../modules/m"\n}`);
      project.put('../modules/m/main.tf', `${BUILD('module.txt')}\noutput "path" { value = path.module }`);
      project.put(
        '../modules/m/more.tf.json',
        JSON.stringify({
          resource: { terraform_data: { json: { provisioner: { 'local-exec': { command: 'exit 3' } } } } },
        }),
      );
    });

    test('of an override file with any name, and of repeated keys in JSON, are not run', async () => {
      project.put('main.tf', 'resource "terraform_data" "a" {}\nresource "terraform_data" "b" {}');
      const fails = 'provisioner "local-exec" {\n    command = "exit 3"\n  }';
      project.put('\u00e9_override.tf', `resource "terraform_data" "a" {\n  ${fails}\n}`);
      project.put('\uffee_override.tf', `resource "terraform_data" "b" {\n  ${fails}\n}`);
      const failing = '{"terraform_data":{"c":{"provisioner":{"local-exec":{"command":"exit 3"}}}}}';
      project.put('repeated.tf.json', `{"resource":${failing},"resource":{"terraform_data":{"d":{}}}}`);
      project.put('outputs.tf', 'output "applied" { value = true }');
      expect((await project.load()).outputs).toEqual({ applied: true });
    });

    test.each(['__proto__', 'constructor'])('of a resource named %s do not run', async (name) => {
      project.put('main.tf', BUILD('root.txt').replace('"build"', `"${name}"`).replace('echo', 'exit 3; echo'));
      expect((await project.load()).output).toBe('');
    });

    const settings = { variables: [], variableFiles: [], provisioners: true };

    test('do not run', async () => {
      await project.load();
      expect(existsSync(path.join(project.folder, 'work/mirror', project.root, 'root.txt'))).toBe(false);
      expect(existsSync(path.join(project.folder, 'work/mirror', project.root, 'module.txt'))).toBe(false);
    });

    test('do not run from a file whose name begins with #', async () => {
      project.put(
        '#main.tf',
        'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = "exit 3"\n  }\n}',
      );
      expect((await project.load()).outputs).toBeDefined();
    });

    test('run on request, in the mirror', async () => {
      expect(await project.failure({ settings })).toMatch(/local-exec provisioner error[^]*exit 3[^]*exit status 3/);
      const built = path.join(project.folder, 'work/mirror', project.root, 'root.txt');
      expect(readFileSync(built, 'utf8')).toBe('built\n');
      expect(existsSync(path.join(project.root, 'root.txt'))).toBe(false);
    });

    describe('that build the archive of a function', () => {
      beforeEach(() => {
        project.put(
          'main.tf',
          `resource "null_resource" "build" {
  provisioner "local-exec" {
    command = "mkdir build && cat ../src/index.js > build/code.zip"
  }
}
resource "aws_lambda_function" "hello" {
  function_name = "hello"
  role          = "arn:aws:iam::000000000000:role/hello"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "build/code.zip"
  depends_on    = [null_resource.build]
}`,
        );
        project.put('../src/index.js', 'code');
      });

      test('are named when they did not run', async () => {
        expect((await project.load()).output).toContain(
          'Archives are missing: aws_lambda_function.hello. Provisioners were not run: null_resource.build. ' +
            'Pass --provisioners to run them; they are commands of the project.',
        );
      });

      test('run on request, and the run finds the archive, also in the cache', async () => {
        const before = project.listing();
        for (const folder of ['mirror', 'cached']) {
          const { output } = await project.load({ settings });
          const archive = path.join(project.folder, 'work', folder, project.root, 'build/code.zip');
          expect([readFileSync(archive, 'utf8'), output]).toEqual(['code', '']);
        }
        expect(project.listing()).toEqual(before);
      });
    });

    test('are named when a file is missing', async () => {
      project.put('hash.tf', 'output "hash" { value = filebase64sha256("${path.module}/dist.zip") }');
      expect(await project.failure()).toMatch(
        /no such file or[^]*Provisioners were not run: terraform_data\.build, terraform_data\.json\. Pass --provisioners/i,
      );
    });
  });

  describe('diagnostics', () => {
    test('have the paths of the user', async () => {
      project.put(
        'main.tf',
        'module "m" {\n  source = "../modules/m"\n}\noutput "a" { value = file("${path.cwd}/b.txt") }',
      );
      project.put('../modules/m/main.tf', 'output "a" { value = lookup({}, "x") }');
      const message = await project.failure();
      expect(message).toContain('on main.tf line 4');
      expect(message).toContain('on ../modules/m/main.tf line 1');
      expect(message).toContain(project.root);
      expect(message).not.toContain('mirror');
      expect(message).toMatch(/^╷\n│ Error: /m);
    });

    test('of a syntax error', async () => {
      project.put('main.tf', 'output "a" {\n  value = \n');
      expect(await project.failure()).toMatch(/Error: [^]*on main\.tf line 2/);
    });

    test('that are warnings are part of the output', async () => {
      const assertion =
        '  assert {\n    condition = terraform_data.t.id == ""\n    error_message = "look at ${path.cwd}"\n  }';
      project.put('main.tf', `resource "terraform_data" "t" {}\ncheck "c" {\n${assertion}\n}`);
      const { output } = await project.load();
      expect(output).toMatch(/^╷\n│ Warning: Check block assertion failed/m);
      expect(output.replace(/\s*\n│ */g, ' ')).toContain(`look at ${project.root}`);
    });
  });

  test('works in a folder for temporary files whose name has quotes, spaces and other signs', async () => {
    project.put('src/index.js', 'one');
    project.put(
      'main.tf',
      `data "archive_file" "code" {
  type        = "zip"
  source_dir  = "\${path.module}/src"
  output_path = "\${path.cwd}/code.zip"
}
check "c" {
  assert {
    condition     = path.cwd == data.archive_file.code.id
    error_message = "look at \${path.cwd}"
  }
}
output "paths" { value = [path.cwd, { (path.cwd) = data.archive_file.code.output_path }] }`,
    );
    const { outputs, output } = await project.load({ workFolder: path.join(project.folder, `a "b" 'c' #d%20e\\`) });
    expect(outputs).toEqual({ paths: [project.root, { [project.root]: path.join(project.root, 'code.zip') }] });
    expect(output.replace(/\s*\n│ */g, ' ')).toContain(`look at ${project.root}`);
  });

  test.each(['aws', 'hashicorp/aws', 'HashiCorp/AWS', 'registry.terraform.io/hashicorp/aws'])(
    'accepts the source %s of a provider',
    async (source) => {
      const aws = `aws = {\n      source = "${source}"\n    }`;
      project.put(
        'main.tf',
        `terraform {\n  required_providers {\n    ${aws}\n  }\n}
resource "aws_sqs_queue" "q" { name = "queue" }
output "name" { value = aws_sqs_queue.q.name }`,
      );
      expect((await project.load()).outputs).toEqual({ name: 'queue' });
    },
  );

  test.each(['', 'a b/aws', '/aws', 'hashi..corp/aws', 'a_b/aws', 'a--b/aws'])(
    'reports the wrong source "%s" of a provider with its place',
    async (source) => {
      const aws = `aws = {\n      source = "${source}"\n    }`;
      project.put('main.tf', `terraform {\n  required_providers {\n    ${aws}\n  }\n}\noutput "a" { value = 1 }`);
      await expect(project.load()).rejects.toThrow(/Error: Invalid provider[^]*on main\.tf line/);
    },
  );

  describe('modules', () => {
    test('are local, in a folder above, nested, and reached by a symbolic link', async () => {
      project.put('main.tf', 'module "a" {\n  source = "./linked/a/"\n}\noutput "p" { value = module.a.p }');
      project.put(
        '../modules/a/main.tf',
        'module "b" {\n  source = "../b"\n}\noutput "p" { value = [path.module, module.b.p] }',
      );
      project.put('../modules/b/main.tf', 'output "p" { value = [path.module, file("${path.module}/../../text")] }');
      project.put('../text', 'text');
      symlinkSync('../modules', path.join(project.root, 'linked'));
      expect((await project.load()).outputs['p']).toEqual(['../modules/a', ['../modules/b', 'text']]);
    });

    test('that terraform init installed need no network', async () => {
      const source = 'registry.terraform.io/pets/zoo/aws';
      project.put(
        'main.tf',
        'module "zoo" {\n  source = "pets/zoo/aws"\n  version = "~> 1.0"\n}\noutput "p" { value = module.zoo.p }',
      );
      project.put(
        '.terraform/modules/zoo/main.tf',
        'module "sub" {\n  source = "./sub"\n}\noutput "p" { value = [path.module, module.sub.p] }',
      );
      project.put('.terraform/modules/zoo/sub/main.tf', 'output "p" { value = path.module }');
      const records = [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'zoo', Source: source, Version: '1.2.3', Dir: '.terraform/modules/zoo' },
        { Key: 'zoo.sub', Source: './sub', Dir: '.terraform/modules/zoo/sub' },
      ];
      project.put('.terraform/modules/modules.json', JSON.stringify({ Modules: records }));
      const paths = ['.terraform/modules/zoo', '.terraform/modules/zoo/sub'];
      expect((await project.load()).outputs['p']).toEqual(paths);
    });

    test('that are missing are installed once, and their provisioners do not run', async () => {
      const module = path.join(project.folder, 'project', 'package');
      project.put(
        '../package/main.tf',
        'resource "terraform_data" "t" {\n  provisioner "local-exec" {\n    command = "exit 1"\n  }\n}\noutput "p" { value = path.module }',
      );
      // Terraform copies a module that an absolute path names, as it copies a module of a registry.
      project.put('main.tf', `module "m" {\n  source = "${module}"\n}\noutput "p" { value = module.m.p }`);
      const source = project.source();
      for (const word of ['one', 'two']) {
        project.put('word.tf', `output "word" { value = "${word}" }`);
        expect((await loadFrom(source)).outputs).toEqual({ p: '.terraform/modules/m', word });
      }
    });

    test('that do not exist are named', async () => {
      project.put('main.tf', 'module "m" {\n  source = "./nowhere"\n}');
      expect(await project.failure()).toMatch(/Unreadable module directory[^]*for module "m" at main\.tf:1/);
    });
  });

  describe('an unchanged project', () => {
    /** A program that runs Terraform, and a line in `runs.txt` for each run. */
    function countingTerraform(): NodeJS.ProcessEnv {
      const file = path.join(project.folder, 'bin/terraform');
      project.put(
        path.relative(project.root, file),
        `#!/bin/sh\necho "$@" >> ${project.folder}/runs.txt\nexec terraform "$@"\n`,
      );
      chmodSync(file, 0o755);
      return { TERRAFORM_BINARY_NAME: file };
    }

    const runs = () => readFileSync(path.join(project.folder, 'runs.txt'), 'utf8').trim().split('\n').length;

    test('is evaluated once, and again after a change of a file, a variable or the environment', async () => {
      const environment = countingTerraform();
      project.put(
        'main.tf',
        'variable "a" { default = 1 }\noutput "a" { value = file("${path.module}/../texts/a.txt") }',
      );
      project.put('../texts/a.txt', 'one');
      const [first, second] = [await project.load({ environment }), await project.load({ environment })];
      expect([runs(), first.outputs, second.outputs]).toEqual([1, { a: 'one' }, { a: 'one' }]);
      expect(second.snapshot.hash).toBe(first.snapshot.hash);
      project.put('../texts/a.txt', 'two');
      expect([(await project.load({ environment })).outputs, runs()]).toEqual([{ a: 'two' }, 2]);
      const settings = { variables: ['a=2'], variableFiles: [], provisioners: false };
      await project.load({ environment, settings });
      await project.load({ environment: { ...environment, TF_VAR_a: '3' } });
      expect(runs()).toBe(4);
      await project.load({ environment, cache: false });
      expect(runs()).toBe(5);
    });

    test.each([
      ['variables that Git ignores', '.gitignore', '*.tfvars', 'terraform.tfvars', 'a = "TEXT"'],
      [
        'overrides that Git ignores',
        '.gitignore',
        '*_override.tf',
        'a_override.tf',
        'variable "a" { default = "TEXT" }',
      ],
      [
        'a configuration in a folder that Git ignores',
        '../.gitignore',
        'infra/',
        'b.tf',
        'output "b" { value = "TEXT" }',
      ],
      ['an ignored file with signs of patterns', '../.gitignore', 'texts*', '../texts [0 !#/a.txt', 'TEXT'],
      ['a file in a folder with spaces', '../.gitignore', '', '../my texts/a.txt', 'TEXT'],
    ])('is evaluated again after a change of %s', async (_name, ignoreFile, ignored, file, text) => {
      mkdirSync(path.join(project.root, path.dirname(ignoreFile), '.git'));
      project.put(ignoreFile, ignored);
      project.put('main.tf', 'variable "a" { default = "" }\noutput "a" { value = var.a }');
      const name = file.startsWith('../') ? file : '../none.txt';
      project.put('text.tf', `output "text" { value = try(file("\${path.module}/${name}"), "") }`);
      for (const word of ['one', 'two']) {
        project.put(file, text.replace('TEXT', word));
        expect(Object.values((await project.load()).outputs)).toContain(word);
      }
    });

    describe('is evaluated again after a change of a file outside of the project, named by', () => {
      /** Folder of the files, with a slash at its end. It is neither in the project nor in a folder that it refers to. */
      const outside = () => `${path.join(project.folder, 'elsewhere')}/`;

      async function expectChange(options: Partial<TerraformSourceOptions> = {}): Promise<void> {
        for (const word of ['one', 'two']) {
          project.put('../../elsewhere/a.txt', word);
          expect(JSON.stringify((await project.load(options)).outputs)).toContain(word);
        }
      }

      test.each([
        ['an absolute path', 'file("FOLDERa.txt")'],
        ['a path with an expression', '[for file in ["a"] : file("FOLDER${file}.txt")]'],
        ['a path in a template', '"the file: ${file("FOLDERa.txt")}"'],
        ['a path in a heredoc', '<<-EOT\n  the file: ${templatefile("FOLDERa.txt", {})}\n  EOT\n'],
        ['a path in the home folder', 'file(pathexpand("~/a.txt"))'],
        ['the folder of fileset', '{ for name in fileset("FOLDER", "*.txt") : name => file("FOLDER${name}") }'],
        ['a reference', 'file(local.file)'],
      ])('%s', async (_name, expression) => {
        project.put('locals.tf', `locals { file = "${outside()}a.txt" }`);
        project.put('main.tf', `output "text" {\n  value = ${expression.replaceAll('FOLDER', outside())}\n}`);
        const home = jest.spyOn(os, 'homedir').mockReturnValue(outside().slice(0, -1));
        await expectChange({ environment: { HOME: outside().slice(0, -1) } }).finally(() => home.mockRestore());
      });

      test('a path in Terraform JSON', async () => {
        project.put('main.tf.json', JSON.stringify({ output: { text: { value: `\${file("${outside()}a.txt")}` } } }));
        await expectChange();
      });

      test.each(['terraform.tfvars', 'a.auto.tfvars.json', 'TF_VAR_file', 'command'])(
        'a variable: %s',
        async (place) => {
          const file = path.join(outside(), 'a.txt');
          project.put('main.tf', 'variable "file" {}\noutput "text" { value = file(var.file) }');
          if (place.endsWith('.tfvars')) project.put(place, `file = "${file}"`);
          if (place.endsWith('.json')) project.put(place, JSON.stringify({ file }));
          const variables = place === 'command' ? [`file=${file}`] : [];
          const environment = place === 'TF_VAR_file' ? { TF_VAR_file: file } : {};
          await expectChange({ environment, settings: { variables, variableFiles: [], provisioners: false } });
        },
      );

      test('a relative path in a variable', async () => {
        project.put('main.tf', 'variable "file" {}\noutput "text" { value = file(var.file) }');
        project.put('terraform.tfvars', 'file = "../../elsewhere/a.txt"');
        await expectChange();
      });

      test('a program, because such an evaluation is not cached', async () => {
        project.put(
          'main.tf',
          `data "external" "e" {
  program = ["echo", "{\\"folder\\": \\"${outside().slice(0, -1)}\\"}"]
}
output "text" { value = file("\${data.external.e.result.folder}/a.txt") }`,
        );
        await expectChange();
      });
    });

    test('is readable for this user only', async () => {
      const cacheFolder = path.join(project.folder, 'private-cache');
      project.put('main.tf', 'output "password" {\n  value = "secret"\n  sensitive = true\n}');
      await project.load({ cacheFolder });
      const [entry = ''] = readdirSync(cacheFolder);
      expect(statSync(cacheFolder).mode & 0o777).toBe(0o700);
      expect(statSync(path.join(cacheFolder, entry)).mode & 0o777).toBe(0o600);
    });

    test('keeps its warnings and the archives that it packed', async () => {
      const environment = countingTerraform();
      project.put('.gitignore', 'dist');
      mkdirSync(path.join(project.root, '.git'));
      project.put('dist/index.js', 'one');
      project.put(
        'main.tf',
        `variable "folder" { default = "dist" }
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "\${path.module}/\${var.folder}"
  output_path = "\${path.module}/build/code.zip"
}
check "c" {
  assert {
    condition     = data.archive_file.code.output_size == 0
    error_message = "Not empty."
  }
}
output "hash" { value = data.archive_file.code.output_base64sha256 }`,
      );
      const before = project.listing();
      const [first, second] = [await project.load({ environment }), await project.load({ environment })];
      expect(project.listing()).toEqual(before);
      expect([runs(), second.output, second.outputs]).toEqual([1, first.output, first.outputs]);
      expect(first.output).toContain('Not empty.');
      // Git ignores the folder, and no text of the configuration names it: the evaluation makes it known.
      project.put('dist/index.js', 'two');
      expect((await project.load({ environment })).outputs).not.toEqual(first.outputs);
      expect(runs()).toBe(2);
    });
  });

  test('keeps map keys and instance keys that are names of properties', async () => {
    const keys = ['__proto__', 'constructor'];
    project.put(
      'main.tf',
      `locals { tags = { for key in ${JSON.stringify(keys)} : key => key } }
resource "aws_sqs_queue" "jobs" {
  for_each = local.tags
  name     = each.key
  tags     = local.tags
}
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
    condition {
      test     = "constructor"
      variable = "__proto__"
      values   = ["a"]
    }
  }
}
output "tags" { value = values(aws_sqs_queue.jobs)[*].tags_all }
output "condition" { value = jsondecode(data.aws_iam_policy_document.d.json).Statement[0].Condition }`,
    );
    const { outputs, stacks } = await project.load();
    const tags = Object.fromEntries(keys.map((key) => [key, key]));
    expect(JSON.stringify(outputs['tags'])).toBe(JSON.stringify([tags, tags]));
    expect(JSON.stringify(outputs['condition'])).toBe('{"constructor":{"__proto__":"a"}}');
    expect(stacks).toHaveLength(1);
  });

  test('reads data sources in checks, and ephemeral resources', async () => {
    project.put(
      'main.tf',
      `ephemeral "aws_secretsmanager_secret_version" "pets" {
  secret_id = "pets"
}
check "account" {
  data "aws_caller_identity" "current" {}
  assert {
    condition     = data.aws_caller_identity.current.account_id == ""
    error_message = "The account is \${data.aws_caller_identity.current.account_id}."
  }
}`,
    );
    expect((await project.load()).output).toContain('The account is 000000000000.');
  });

  describe('the program', () => {
    beforeEach(() => project.put('main.tf', WORKSPACE));

    test('is missing', async () => {
      expect(await project.failure({ environment: { PATH: '/nowhere' } })).toMatch(
        /infra has Terraform files, but terraform or tofu is not on the PATH\. .* Install one of them: https/,
      );
      expect(await project.failure({ environment: { TERRAFORM_BINARY_NAME: 'other' } })).toContain(
        'but other (TERRAFORM_BINARY_NAME) is not on the PATH',
      );
      expect(await project.failure({ environment: { TERRAFORM_BINARY_NAME: project.folder } })).toContain(
        '(TERRAFORM_BINARY_NAME) is not an executable file',
      );
    });

    /** Writes a program in a folder for programs. @returns its path */
    function putProgram(name: string, script: string): string {
      const file = path.join(project.folder, 'bin', name);
      project.put(path.relative(project.root, file), `#!/bin/sh\n${script}`);
      chmodSync(file, 0o755);
      return file;
    }

    const failing = (name: string) => putProgram(name, `echo "this is ${name}" >&2\nexit 1\n`);

    test('is terraform when both are on the PATH, and tofu when TERRAFORM_BINARY_NAME says so', async () => {
      const PATH = path.dirname(failing('tofu'));
      expect(await project.failure({ environment: { PATH } })).toContain('this is tofu');
      failing('terraform');
      expect(await project.failure({ environment: { PATH } })).toContain('this is terraform');
      const environment = { PATH, TERRAFORM_BINARY_NAME: 'tofu' };
      expect(await project.failure({ environment })).toContain('this is tofu');
    });

    test('tofu reads files *.tofu in place of files *.tf, and terraform does not', async () => {
      const asTofu = 'for file in *.tofu; do mv -f "$file" "${file%.tofu}.tf"; done\nexec terraform "$@"\n';
      const environment = { TERRAFORM_BINARY_NAME: putProgram('tofu', asTofu) };
      project.put('.gitignore', '*.tofu');
      mkdirSync(path.join(project.root, '.git'));
      project.put(
        'main.tf',
        'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = "exit 3"\n  }\n}',
      );
      for (const name of ['one', 'two']) {
        project.put('main.tofu', `resource "aws_sqs_queue" "a" {\n  name = "${name}"\n}`);
        project.put('more.tofu', 'output "name" { value = aws_sqs_queue.a.name }');
        expect((await project.load({ environment })).outputs).toEqual({ name });
      }
      expect((await project.load()).outputs).toEqual({});
    });

    test.each(['Terraform v1.4.7', 'OpenTofu v1.4.7'])('is too old: %s', async (version) => {
      const file = putProgram(
        'terraform',
        `case "$1" in version) echo ${version};; *) echo unknown >&2; exit 1;; esac\n`,
      );
      expect(await project.failure({ environment: { TERRAFORM_BINARY_NAME: file } })).toBe(
        `${file} has the version 1.4.7. The local run needs Terraform 1.5 or later, or OpenTofu: update it.`,
      );
    });
  });

  test('stop ends Terraform and its programs', async () => {
    project.put(
      'main.tf',
      'resource "terraform_data" "t" {\n  provisioner "local-exec" {\n    command = "echo > started; sleep 60; echo > ended"\n  }\n}',
    );
    const source = project.source({ settings: { variables: [], variableFiles: [], provisioners: true } });
    const failed = source.load().then(
      () => 'loaded',
      (error: unknown) => (error as Error).name,
    );
    const started = path.join(project.folder, 'work/mirror', project.root, 'started');
    for (let tries = 0; tries < 200 && !existsSync(started); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await source.stop();
    expect(await failed).toBe('SynthError');
  });
});
