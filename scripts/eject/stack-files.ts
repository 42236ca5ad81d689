/** Prints a stack as HCL files, each with the resources of one subject. */
import { blockList, innerBlock, conditionBlocks, printBlock, resourceBody } from './body';
import { type Block, isBlock, type Value } from './hcl';
import type { ProviderSchemas } from './schema';
import { moduleBody, outputBody, providerBody, stateBody, variableBody } from './section-bodies';

/** The files of resources, with the prefixes of their types. A type belongs to the first file with a matching prefix. */
const FILES: readonly (readonly [file: string, ...starts: string[]])[] = [
  ['api.tf', 'aws_apigatewayv2_', 'aws_api_gateway_', 'aws_acm_', 'aws_route53_'],
  ['functions.tf', 'aws_lambda_', 'aws_codedeploy_'],
  ['iam.tf', 'aws_iam_'],
  ['tables.tf', 'aws_dynamodb_', 'aws_backup_', 'aws_kms_'],
  ['logs.tf', 'aws_cloudwatch_log_'],
  ['monitoring.tf', 'aws_cloudwatch_', 'aws_sns_', 'aws_budgets_'],
];

const OTHER_FILE = 'main.tf';

/** Sections that change addresses in the state, or import and forget resources. After an apply, they are not needed any more. */
const STATE_SECTIONS = ['moved', 'removed', 'import'] as const;

const DEPLOYMENT_COMMENT = `# API Gateway serves a changed route only after a new deployment. Terraform replaces the deployment when a resource in
# replace_triggered_by changes. After you add or remove a route, also change depends_on, replace_triggered_by and the
# text in triggers.
`;

const SECTIONS = ['resource', 'data', 'output', 'provider', 'variable', 'locals', 'module', 'check', ...STATE_SECTIONS];

/**
 * Prints the sections of a stack, except the variables and local values that eject adds.
 * @param sections the sections of cdk.tf.json
 * @returns texts by file name @throws Error for a section that eject does not support
 */
export function stackFiles(stack: string, sections: Block, schemas: ProviderSchemas): Record<string, string> {
  const unknown = Object.keys(sections).filter((section) => !SECTIONS.includes(section));
  if (unknown.length > 0) {
    throw new Error(
      `The stack ${stack} has the sections ${unknown.join(', ')}, which eject does not support. Remove them from the stack, eject, and ` +
        `add them to the folder by hand. Eject supports ${SECTIONS.join(', ')}.`,
    );
  }
  const files: Record<string, string> = {};
  const add = (file: string, text: string) =>
    (files[file] = files[file] === undefined ? text : `${files[file]}\n${text}`);
  for (const [section, type, name, block] of instances(sections)) {
    const place = `${stack}: ${section === 'data' ? 'data.' : ''}${type}.${name}`;
    const schema = section === 'data' ? schemas.data(type) : schemas.resource(type);
    const isDeployment = section === 'resource' && type === 'aws_api_gateway_deployment';
    const body = resourceBody(place, isDeployment ? withReplacements(block) : block, schema);
    add(fileOf(type), (isDeployment ? DEPLOYMENT_COMMENT : '') + printBlock(`${section} "${type}" "${name}"`, body));
  }
  for (const [name, block] of named(sections['module']))
    add(OTHER_FILE, printBlock(`module "${name}"`, moduleBody(block)));
  for (const [name, block] of named(sections['check']))
    add(OTHER_FILE, printBlock(`check "${name}"`, checkBody(`${stack}: check.${name}`, block, schemas)));
  for (const [name, blocks] of Object.entries((sections['provider'] ?? {}) as Block))
    for (const block of blockList(blocks))
      add(
        'providers.tf',
        printBlock(`provider "${name}"`, providerBody(`${stack}: provider ${name}`, block, schemas.provider(name))),
      );
  for (const [name, block] of named(sections['variable']))
    add('variables.tf', printBlock(`variable "${name}"`, variableBody(block)));
  for (const [name, block] of named(sections['output']))
    add('outputs.tf', printBlock(`output "${name}"`, outputBody(block)));
  for (const section of STATE_SECTIONS)
    for (const block of blockList(sections[section])) add(`${section}.tf`, printBlock(section, stateBody(block)));
  return files;
}

/** Returns resources and data sources, in the order of the files and types in `FILES`. */
function instances(sections: Block): [section: string, type: string, name: string, block: Block][] {
  const all = ['data', 'resource'].flatMap((section) =>
    named(sections[section]).flatMap(([type, blocks]) =>
      named(blocks).map(([name, block]): [string, string, string, Block] => [section, type, name, block]),
    ),
  );
  const order = FILES.flatMap(([, ...starts]) => starts);
  const rank = (type: string) => order.findIndex((start) => type.startsWith(start));
  return all.sort(([, one], [, other]) => rank(one) - rank(other));
}

function fileOf(type: string): string {
  const [file = OTHER_FILE] = FILES.find(([, ...starts]) => starts.some((start) => type.startsWith(start))) ?? [];
  return file;
}

/** Adds `replace_triggered_by`, which replaces the deployment when a method or integration changes. CDKTF uses a hash in `triggers`. */
function withReplacements(deployment: Block): Block {
  const { lifecycle = {}, depends_on: deployed } = deployment;
  if (!isBlock(lifecycle) || deployed === undefined || lifecycle['replace_triggered_by'] !== undefined)
    return deployment;
  return { ...deployment, lifecycle: { ...lifecycle, replace_triggered_by: deployed } };
}

function named(section: Value | undefined): [string, Block][] {
  return Object.entries((section ?? {}) as Record<string, Block>);
}

/** A check can have a data source of its own. */
function checkBody(place: string, { data, assert }: Block, schemas: ProviderSchemas): string[] {
  const sources = named(data).flatMap(([type, blocks]) =>
    named(blocks).flatMap(([name, block]) =>
      innerBlock(`data "${type}" "${name}"`, resourceBody(`${place}.data.${type}.${name}`, block, schemas.data(type))),
    ),
  );
  return [...sources, ...conditionBlocks('assert', assert)];
}
