/** Makes docs/supported.md: the class of each resource type and attribute. */
import { AWS_MANAGED_POLICIES } from '../../src/source/terraform-json/aws-managed-policies';
import { COMPUTED_DATA_SOURCES } from '../../src/source/evaluated/evaluated-nodes';
import { EVALUATED_PROVIDERS } from '../../src/source/evaluated/provider-types';
import { ALWAYS_INERT } from '../../src/source/terraform-json/attribute-rules';
import { FAMILIES, KINDS, NOTES } from '../../src/source/terraform-json/inert-kinds';
import { RESOURCE_TYPES } from '../../src/source/terraform-json/resource-types';
import { readLines } from '../../src/stand-in/schema/schema-line';
import { readSchemaFile, SHIPPED_FILE, SHIPPED_VERSION } from '../../src/stand-in/schema/shipped-schemas';
import type { Block } from '../../src/stand-in/schema/schema';
import { type AttributeClasses, classify } from './attribute-classes';
import { code, table } from './markdown';
import { TYPE_NOTES } from './notes';

/** The titles of the chapters, by the starts of their types. */
const CHAPTERS: readonly (readonly [title: string, start: string])[] = [
  ['HTTP APIs', 'aws_apigatewayv2_'],
  ['REST APIs', 'aws_api_gateway_'],
  ['Functions', 'aws_lambda_'],
  ['Tables', 'aws_dynamodb_'],
  ['Roles and policies', 'aws_iam_'],
  ['Tokens', 'aws_cognito_'],
  ['Logs and code', 'aws_'],
];

/** @returns the text of docs/supported.md */
export async function supportedPage(): Promise<string> {
  const simulated = Object.keys(RESOURCE_TYPES).filter((type) => !type.startsWith('data.'));
  const { resource } = readLines(
    await readSchemaFile(SHIPPED_FILE),
    (kind, type) => kind === 'resource' && simulated.includes(type),
  );
  const chapterOf = (type: string) => CHAPTERS.find(([, start]) => type.startsWith(start))?.[0];
  const chapters = CHAPTERS.flatMap(([title]) => {
    const types = simulated.filter((type) => chapterOf(type) === title).sort();
    return [`### ${title}`, ...types.flatMap((type) => typeSection(type, resource.get(type)?.block))];
  });
  return `${[...introduction(), ...chapters, ...policies(), ...inertTypes(), ...otherTypes()].join('\n\n')}\n`;
}

function introduction(): string[] {
  return [
    '<!-- Written by `npx jiti packages/local-run/bin/write-supported.ts`. Do not edit. -->',
    '# What the local run supports',
    'This page says what the local run does with each Terraform resource type and attribute. Start the run with `--strict` to see ' +
      'the parts of your configuration that it does not simulate.',
    table([
      ['class', 'what happens'],
      ['simulated', 'the run does as AWS does'],
      ['no effect', 'exists only on AWS and changes no response; one line at the start lists these resources'],
      ['decisive', 'could change a response; routes that depend on it answer 501, all others run'],
    ]),
    '## Simulated types',
    `The tables list attributes of AWS provider ${SHIPPED_VERSION}. An attribute that is missing here is decisive. A decisive ` +
      'attribute that is empty or `false` counts as missing.',
    `These attributes have no effect on any type: ${code(Object.keys(ALWAYS_INERT).filter((name) => name !== '//'))}.`,
  ];
}

function typeSection(type: string, schema: Block | undefined): string[] {
  const classes = classify(RESOURCE_TYPES[type]?.attributes ?? {}, schema);
  const note = TYPE_NOTES[type];
  return [
    `#### ${type}`,
    ...(note === undefined ? [] : [note]),
    table([['class', 'attributes'], ...classRows(classes)]),
  ];
}

function classRows({ simulated, values, inert, decisive }: AttributeClasses): string[][] {
  const limited = Object.entries(values).map(([name, list]) => [`\`${name}\``, valuesText(list)]);
  return [
    ['simulated', code(simulated)],
    ...limited.map(([name = '', text = '']) => ['simulated', `${name}: ${text}`]),
    ['no effect', code(inert)],
    ['decisive', code(decisive)],
  ].filter(([, text]) => text !== '');
}

function valuesText(values: readonly unknown[]): string {
  const texts = values.map((value) => (value === undefined ? 'no value' : `\`${JSON.stringify(value)}\``));
  return texts.join(' or ');
}

function policies(): string[] {
  return [
    '## AWS managed policies',
    'The run knows what these policies say about DynamoDB. Routes of a role with another AWS managed policy answer 501.',
    AWS_MANAGED_POLICIES.map((name) => `- ${code([name])}`).join('\n'),
  ];
}

function inertTypes(): string[] {
  const kinds = Object.entries(KINDS).map(([kind, types]) => [`${kind}${NOTES[kind] ?? ''}`, code([...types].sort())]);
  const families = Object.entries(FAMILIES).map(([start, kind]) => [kind, `\`${start}*\``]);
  return [
    '## Types without effect',
    table([['kind', 'types'], ...kinds]),
    'All other types that start with one of these texts have no effect either:',
    table([['kind', 'types'], ...families]),
  ];
}

function otherTypes(): string[] {
  return [
    '## All other types',
    [
      '- A type that is missing on this page is left out, and the line at the start names it. It is decisive if a simulated resource ' +
        'has a value that AWS generates for it, or if it belongs to API Gateway, Lambda, DynamoDB or IAM and names a simulated resource.',
      `- Terraform itself evaluates the providers ${code(EVALUATED_PROVIDERS)}.`,
      `- Data sources are those of Terraform. The values of ${code(COMPUTED_DATA_SOURCES)} are as on AWS. Data sources of types ` +
        'without effect have made-up values. All others are decisive where a simulated resource uses their values.',
    ].join('\n'),
  ];
}
