/** Ejects an app: synthesizes its stacks, replaces the values of settings by variables, and writes HCL. */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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
import type { EjectedStack } from './ejected-stack';
import { readme } from './readme';
import { withReadableNames } from './readable-names';
import { type ProviderSchemas, readSchemas } from './schema';
import { stackFiles } from './stack-files';
import { readStack, type Stack, withLocalStates } from './stacks';
import { candidatesOf } from './variables';

/** States and plans contain secrets. The providers' lock file is not in the list, because it belongs in the repository. */
const GIT_IGNORE = '.terraform/\n*.tfstate\n*.tfstate.*\n*.tfplan\n';

/** Folder in the folder of a stack, to which CDKTF copies files. */
const ASSETS = 'assets';

/**
 * Writes the stacks of an app as plain Terraform.
 * @param target absolute path of a new or empty folder
 * @param app absolute path of the folder with the app's cdktf.json
 * @returns names of the stacks' folders
 * @throws Error when the folder is not empty, when the app fails, without Terraform, or for a part of a stack that eject does not support
 */
export async function eject(target: string, app: string): Promise<string[]> {
  refuseNonEmptyFolder(target);
  const settings = readSettings(readProjectFile(app).context, process.env);
  if (isPreview(settings)) {
    throw new Error(
      `The environment ${settings.environment} is a preview. Eject does not support previews, because their settings are limited. Set ` +
        'another environment with the variable ENVIRONMENT.',
    );
  }
  const workspace = mkdtempSync(path.join(os.tmpdir(), 'eject-'));
  try {
    console.log('Synthesizing ...');
    const stacks = await synthesize(app, path.join(workspace, 'real'), {});
    console.log('Finding settings that can become variables ...');
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

function refuseNonEmptyFolder(target: string): void {
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (!found) return;
  if (!statSync(target, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${target} is not a folder. Pass a new or an empty folder.`);
  const [first] = readdirSync(target);
  if (first === undefined) return;
  throw new Error(`The folder ${target} is not empty: it contains ${first}. Pass a new or an empty folder.`);
}

/** @param environment environment variables with settings, which replace the settings of the app */
async function synthesize(app: string, out: string, environment: Readonly<Record<string, string>>): Promise<Stack[]> {
  // With CI=true, a stack without a state bucket gets a variable that stops Terraform.
  const stacks = await synth({ root: app, out, environment: { CI: 'false', ...environment }, quiet: true });
  return withLocalStates(stacks.map(readStack));
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
    ...versionFiles(name, configuration, settings),
    'variables.tf': [printVariables(variables, text), files['variables.tf'] ?? '']
      .filter((part) => part !== '')
      .join('\n'),
    'locals.tf': printLocals(text, archives, locals as Block),
  };
  mkdirSync(path.join(out, name), { recursive: true });
  for (const [file, content] of Object.entries(all))
    if (content !== '') writeFileSync(path.join(out, name, file), content);
  // Other files too, for example of TerraformAsset, and folders of modules.
  const assets = path.join(folder, ASSETS);
  if (existsSync(assets)) cpSync(assets, path.join(out, name, ASSETS), { recursive: true });
  return { name, variables, archives, configuration, files: Object.keys(all), sections };
}
