/** The rules by which a project leaves out files: rules of Git, and rules for the files of tools. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import type { ProjectScope } from './project-scope';

/** Never part of a project: files of npm, Git, CDKTF and Terraform, and temporary files and locks of editors. */
const ALWAYS_IGNORED = [
  ...['node_modules', '.git', 'cdktf.out', '.terraform', '*.tfstate', '*.tfstate.*', '.DS_Store'],
  ...['*~', '#*#', '.#*', '.*.tmp', '.*.sw?', '*___jb_*', '4913'],
];

/** Part of a project even if Git ignores them: an app may read its settings from them. */
const NEVER_IGNORED = ['!.env', '!.env.*'];

/** Part of a Terraform project even if Git ignores them: many teams keep variable files and overrides out of Git. */
const NEVER_IGNORED_TERRAFORM = ['!*.tf', '!*.tf.json', '!*.tofu', '!*.tofu.json', '!*.tfvars', '!*.tfvars.json'];

/**
 * The rules for ignored files below a root folder.
 * @param written files and folders that the run itself writes
 * @param scope the scope of a Terraform project
 */
export function readRules(root: string, written: readonly string[], scope?: ProjectScope): Ignore {
  const own = written
    .map((file) => path.relative(root, path.resolve(file)).split(path.sep).join('/'))
    .filter((name) => name !== '' && !name.startsWith('../') && !path.isAbsolute(name))
    .map(escapePattern)
    .flatMap((name) => [`/${name}`, `/${name}.*`]);
  return ignore()
    .add(readIfExists(path.join(root, '.gitignore')))
    .add(NEVER_IGNORED)
    .add(scope ? rulesOfScope(root, scope) : [])
    .add(ALWAYS_IGNORED)
    .add(own);
}

/** Rules by which the files of a Terraform project are not ignored. */
function rulesOfScope(root: string, { modules, neverIgnored }: ProjectScope): string[] {
  return [
    ...NEVER_IGNORED_TERRAFORM,
    ...modules.flatMap((folder) => rulesToEnter(root, folder)),
    ...neverIgnored.flatMap((file) => rulesToKeep(root, file)),
  ];
}

/** Rules by which Git ignores neither a file or folder, nor anything in the folder. */
function rulesToKeep(root: string, file: string): string[] {
  const rules = rulesToEnter(root, file);
  return [...rules, ...rules.slice(-1).map((rule) => `${rule}/**`)];
}

/** Rules by which Git ignores neither a file or folder nor the folders above it. */
function rulesToEnter(root: string, file: string): string[] {
  const name = path.relative(root, file);
  const parts = name === '' ? [] : name.split(path.sep).map(escapePattern);
  return parts.map((_part, index) => `!/${parts.slice(0, index + 1).join('/')}`);
}

/** Escapes the characters of a name that mean something else in a pattern of Git. A `?` also matches itself. */
function escapePattern(name: string): string {
  return name.replace(/[\\*[ ]/g, '\\$&');
}

function readIfExists(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
