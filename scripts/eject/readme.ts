/** Writes the README of an ejected folder. */
import type { Settings } from '../../stacks/settings';
import { backendFile } from './configuration';
import { type EjectedStack, STATE } from './ejected-stack';
import { type Block, isBlock } from './hcl';
import { firstDeployment } from './readme-deploy';
import type { Candidate } from './variables';

/**
 * Returns the text of README.md in the ejected folder.
 * @param candidates the settings that became variables in any stack
 */
export function readme(stacks: readonly EjectedStack[], settings: Settings, candidates: readonly Candidate[]): string {
  const [first] = stacks.filter(({ name }) => name !== STATE);
  const example = first?.name ?? STATE;
  const init =
    settings.stateBucket === ''
      ? 'terraform init'
      : `terraform init -backend-config=${backendFile(settings.environment)}`;
  const parts = [
    `# Terraform

Each folder is a Terraform configuration with its own state. It needs Terraform 1.10 or later, and AWS credentials. \`npm run eject\` of
a CDKTF project wrote the folders. They need neither CDKTF nor Node.js.

\`\`\`sh
cd ${example}
${init}
terraform plan
\`\`\`${ownBackends(stacks, settings)}

${folderTable(stacks)}`,
    takeOver(stacks, settings, init),
    firstDeployment(stacks, settings, init),
    variables(stacks, settings),
    newCode(stacks, settings),
    goBack(settings),
    fixedSettings(settings, candidates),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Names the folders that have no file for `-backend-config`. */
function ownBackends(stacks: readonly EjectedStack[], { stateBucket }: Settings): string {
  const names = stacks.filter(({ configuration }) => !isInBucket(configuration)).map(({ name }) => `\`${name}\``);
  return stateBucket === '' || names.length === 0
    ? ''
    : `

In ${names.join(', ')}, run \`terraform init\` without \`-backend-config\` in all sections of this page: \`versions.tf\` says where the
state is.`;
}

function isInBucket({ backend }: Block): boolean {
  return isBlock(backend) && 's3' in backend;
}

function folderTable(stacks: readonly EjectedStack[]): string {
  return table(
    ['folder', 'files'],
    stacks.map(({ name, files }) => [
      `\`${name}\``,
      files
        .filter((file) => file.endsWith('.tf'))
        .sort()
        .join(', '),
    ]),
  );
}

function takeOver(stacks: readonly EjectedStack[], { stateBucket }: Settings, init: string): string {
  const local = stacks.filter(({ configuration }) => hasLocalState(configuration));
  const commands = [
    ...(stateBucket === '' ? [] : [`The state stays in the bucket \`${stateBucket}\`, under the same key.`]),
    ...(local.length === 0
      ? []
      : [
          `Copy the local states of the CDKTF project. Replace \`PROJECT\` with the project's folder:

\`\`\`sh
${local.map(({ name }) => `cp PROJECT/terraform.${name}.tfstate ${name}/terraform.tfstate`).join('\n')}
\`\`\``,
        ]),
    'Run these commands in each folder:',
  ].join('\n\n');
  const moved = stacks.filter(({ files }) => files.includes('moved.tf')).map(({ name }) => `\`${name}\``);
  const movedText =
    moved.length === 0
      ? ''
      : `

In ${moved.join(', ')}, resources have new names. The plan lists them as moved, and changes no resource. Run \`terraform apply\` to write
the new names to the state. After that, \`terraform plan\` prints "No changes", and you can delete \`moved.tf\`.`;
  const removed = stacks.some(({ files }) => files.includes('removed.tf'))
    ? `

With \`removed.tf\`, Terraform forgets resources of older versions of the CDKTF project. You can delete the file after the first apply.`
    : '';
  return `## Take over a deployment

Run \`npm run plan\` in the CDKTF project: it must find no changes. If it finds changes, deploy them, and eject again.

${commands}

\`\`\`sh
${init}
terraform plan
\`\`\`

The plan prints "No changes". From then on, deploy only with these folders: a deployment with CDKTF would undo your changes.${movedText}${removed}`;
}

function hasLocalState({ backend, cloud }: Block): boolean {
  return isBlock(backend) ? 'local' in backend : cloud === undefined;
}

function variables(stacks: readonly EjectedStack[], settings: Settings): string {
  const all = [
    ...new Map(stacks.flatMap((stack) => stack.variables).map((variable) => [variable.name, variable])).values(),
  ];
  const names = all.some(({ setting }) => setting === 'environment' || setting === 'namePrefix')
    ? `

A change of \`environment\` or \`name_prefix\` renames the resources. This replaces most of them, also the tables with their items. Use a
separate state for another environment or prefix.`
    : '';
  const region =
    settings.stateBucket === ''
      ? ''
      : `\n\nThe region of the state bucket is not a variable: \`${backendFile(settings.environment)}\` contains it.`;
  return `## Variables

The defaults are the values of the settings when the stacks were ejected. \`npm run eject\` wrote the same default into each folder
that has the variable.

${table(
  ['variable', 'default', 'description'],
  all.map(({ name, value, description }) => [`\`${name}\``, `\`${JSON.stringify(value)}\``, description]),
)}${names}${region}`;
}

function newCode(stacks: readonly EjectedStack[], settings: Settings): string {
  const stack = stacks.find(({ archives }) => archives.length > 0);
  const [archive] = stack?.archives ?? [];
  if (!stack || !archive) return '';
  const canary =
    settings.canary === 'NONE'
      ? ''
      : `

Releases in steps: Terraform publishes the new version, and leaves the alias \`live\` at the old version. To move the
alias, start a deployment of CodeDeploy with \`aws deploy create-deployment\`. \`npm run deploy\` did this for you.`;
  return `## New code

The archives contain the JavaScript that esbuild built. Keep the TypeScript sources in another project, for
example in the CDKTF project: there, \`npm run build\` writes each archive to \`dist/NAME/function.zip\`.

To deploy new code, copy its archive to \`${stack.name}/function.zip\`, set the path in \`locals.tf\`, and apply:

\`\`\`hcl
${archive.local} = "function.zip"
\`\`\`

After that, replace the file for each release. \`filebase64sha256\` finds the change. Each release publishes a version of
the function. \`npm run deploy\` deleted old versions, but Terraform keeps them. Lambda stores at most 75 GB of versions and layers for an
account in a region.${canary}`;
}

function goBack({ stateBucket }: Settings): string {
  const states =
    stateBucket === ''
      ? 'Copy the states back to the CDKTF project, and run \`npm run plan\` there.'
      : 'Run \`npm run plan\` in the CDKTF project, which uses the same states.';
  return `## Go back to CDKTF

${states} Its plan undoes the changes that you made in these folders.`;
}

/** Settings that the file of the backend contains, or that only CDKTF reads. */
const NOT_IN_STACKS = ['stateBucket', 'stateKmsKey', 'remoteStateRequired'];

function fixedSettings(settings: Settings, candidates: readonly Candidate[]): string {
  const others: readonly string[] = [...NOT_IN_STACKS, ...candidates.map(({ setting }) => setting)];
  const fixed = Object.entries(settings).filter(([name]) => !others.includes(name));
  const empty = fixed.filter(([, value]) => isEmpty(value)).map(([name]) => `\`${name}\``);
  return `## Fixed settings

These settings of the CDKTF project are not variables: most of them decide which resources exist. Change the resources instead.

${table(
  ['setting', 'value'],
  fixed
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => [
      `\`${name}\``,
      `\`${typeof value === 'object' ? JSON.stringify(value) : String(value)}\``,
    ]),
)}

These settings are off or empty: ${empty.join(', ')}.`;
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return (
    value === '' ||
    value === 0 ||
    value === false ||
    (isBlock(value as never) && Object.keys(value as object).length === 0)
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
