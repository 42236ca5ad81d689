/** Ejects an app: synthesizes its stacks, finds the places of settings, and writes Terraform. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isPreview } from '../../stacks/previews';
import { definitions, readSettings, type Settings } from '../../stacks/settings';
import { readProjectFile } from '../project';
import { synth } from '../terraform/synth';
import { terraform } from '../terraform/terraform';
import { archivesOf, referToArchives } from './archives';
import { printLocals, printVariables, usedVariables, versionFiles } from './configuration';
import { findPlaces, type Found } from './find-places';
import type { Block } from './hcl';
import { type EjectedStack, readme } from './readme';
import { withReadableNames } from './readable-names';
import { type ProviderSchemas, readSchemas } from './schema';
import { stackFiles } from './stack-files';
import { readStack, type Stack } from './stacks';
import { candidatesOf } from './variables';

/** States and plans contain secrets. The lock file of the providers is not in the list: it belongs into the repository. */
const GIT_IGNORE = '.terraform/\n*.tfstate\n*.tfstate.*\n*.tfplan\n';

/**
 * Writes the stacks of an app as plain Terraform.
 * @param target absolute path of a new or empty folder
 * @param app absolute path of the folder with the app's cdktf.json
 * @returns names of the stacks' folders
 * @throws Error when the folder is not empty, when the app fails, without Terraform, or for a feature that eject does not know
 */
export async function eject(target: string, app: string): Promise<string[]> {
  refuseFullFolder(target);
  const settings = readSettings(readProjectFile(app).context, process.env);
  if (isPreview(settings)) {
    throw new Error(
      `The environment ${settings.environment} is a preview, whose settings are limited. Set another environment to eject.`,
    );
  }
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'eject-'));
  try {
    console.log('Synthesizing ...');
    const stacks = await synthesize(app, path.join(workspace, 'real'), {});
    console.log('Finding the places of settings ...');
    const found = await findPlaces(stacks, candidatesOf(settings), (candidates, index) =>
      synthesize(app, path.join(workspace, `probe-${index}`), probeSettings(candidates)),
    );
    console.log('Reading the schemas of the providers ...');
    const required = Object.assign({}, ...stacks.map((stack) => stack.terraform['required_providers'])) as object;
    const schemas = await readSchemas(path.join(workspace, 'schemas'), required);
    const out = path.join(workspace, 'out');
    const ejected = stacks.map((stack) => writeStack(out, stack, found, schemas, settings));
    writeFileSync(path.join(out, 'README.md'), readme(ejected, settings, found.candidates));
    writeFileSync(path.join(out, '.gitignore'), GIT_IGNORE);
    await terraform(out, ['fmt', '-recursive', '-list=false']);
    cpSync(out, target, { recursive: true });
    return stacks.map(({ name }) => name);
  } finally {
    rmSync(workspace, { recursive: true });
  }
}

function refuseFullFolder(target: string): void {
  const [first] = existsSync(target) ? readdirSync(target) : [];
  if (first === undefined) return;
  throw new Error(`The folder ${target} is not empty: it contains ${first}. Name a new or an empty folder.`);
}

/** @param environment settings that replace the settings of the app */
async function synthesize(app: string, out: string, environment: Readonly<Record<string, string>>): Promise<Stack[]> {
  // On a CI machine, a stack without a bucket has a variable that stops Terraform.
  const stacks = await synth({ root: app, out, environment: { CI: 'false', ...environment }, quiet: true });
  return stacks.map(readStack);
}

function probeSettings(
  candidates: readonly { setting: keyof Settings; probe: number | string }[],
): Record<string, string> {
  return Object.fromEntries(candidates.map(({ setting, probe }) => [definitions[setting].variable, String(probe)]));
}

function writeStack(
  out: string,
  stack: Stack,
  { sectionsOf, candidates }: Found,
  schemas: ProviderSchemas,
  settings: Settings,
): EjectedStack {
  const { name, folder, terraform: configuration } = stack;
  const archives = archivesOf(stack);
  const { locals = {}, ...sections } = withReadableNames(
    referToArchives({ ...stack, sections: sectionsOf(name) }, archives),
  );
  const files = stackFiles(name, sections, schemas);
  const text = Object.values(files).join('\n');
  const variables = usedVariables(candidates, text);
  const all: Record<string, string> = {
    ...files,
    ...versionFiles(name, configuration, settings.environment),
    'variables.tf': [printVariables(variables, text), files['variables.tf'] ?? '']
      .filter((part) => part !== '')
      .join('\n'),
    'locals.tf': printLocals(text, archives, locals as Block),
  };
  mkdirSync(path.join(out, name), { recursive: true });
  for (const [file, content] of Object.entries(all))
    if (content !== '') writeFileSync(path.join(out, name, file), content);
  for (const { file } of archives) cpSync(path.join(folder, file), path.join(out, name, file));
  return { name, variables, archives, configuration, files: Object.keys(all), sections };
}
