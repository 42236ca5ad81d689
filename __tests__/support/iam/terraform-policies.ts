/** Resolves the policies of a synthesized stack, as Terraform and AWS would in one account and region. */
import type { Synthesized } from '../synth';
import type { PolicyDocument } from './read-policy';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

type Attributes = Readonly<Record<string, unknown>>;
type Template = Pick<Synthesized, 'resource' | 'data'>;

const iamArn = (kind: string, name: unknown) => `arn:aws:iam::${ACCOUNT}:${kind}/${String(name)}`;

/** The attributes to which policies refer, by type and attribute of the resource or data source. */
const ATTRIBUTES: Readonly<Record<string, (attributes: Attributes) => string>> = {
  'data.aws_caller_identity.account_id': () => ACCOUNT,
  'data.aws_partition.partition': () => 'aws',
  'data.aws_region.name': () => REGION,
  'aws_cloudwatch_log_group.arn': ({ name }) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${String(name)}`,
  'aws_dynamodb_table.arn': ({ name }) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${String(name)}`,
  'aws_iam_openid_connect_provider.arn': ({ url }) => iamArn('oidc-provider', String(url).replace('https://', '')),
  'aws_iam_policy.arn': ({ name }) => iamArn('policy', name),
  'aws_iam_role.arn': ({ name }) => iamArn('role', name),
  'aws_iam_role.name': ({ name }) => String(name),
  'aws_s3_bucket.arn': ({ bucket }) => `arn:aws:s3:::${String(bucket)}`,
  'aws_s3_bucket.bucket': ({ bucket }) => String(bucket),
  'aws_s3_bucket.id': ({ bucket }) => String(bucket),
};

/** Replaces all references in a text. @throws Error for a reference that is not in ATTRIBUTES */
export function resolve(text: string, { resource, data }: Template): string {
  return text.replace(/\$\{([^}]*)\}/g, (reference, path: string) => {
    const [, source = '', type = '', name = '', attribute = ''] = /^(data\.)?(\w+)\.([\w-]+)\.(\w+)$/.exec(path) ?? [];
    const attributes = (source === '' ? resource : data)[type]?.[name] as Attributes | undefined;
    const valueOf = ATTRIBUTES[`${source}${type}.${attribute}`];
    if (!attributes || !valueOf) throw new Error(`The simulator cannot resolve ${reference}.`);
    return resolve(valueOf(attributes), { resource, data });
  });
}

/** The document of an attribute such as `${data.aws_iam_policy_document.trust.json}`. */
export function documentAt(reference: unknown, template: Template): PolicyDocument {
  const [, name = ''] = /^\$\{data\.aws_iam_policy_document\.([\w-]+)\.json\}$/.exec(String(reference)) ?? [];
  const document = template.data['aws_iam_policy_document']?.[name] as Attributes | undefined;
  if (!document) throw new Error(`${String(reference)} is not the JSON of an aws_iam_policy_document of the stack.`);
  const { statement: statements, version = '2012-10-17' } = document as { version?: string; statement?: unknown };
  const unknown = Object.keys(document).filter((key) => !['//', 'statement', 'version'].includes(key));
  if (unknown.length > 0) throw new Error(`${name} has ${unknown.join(', ')}, unknown to the simulator.`);
  const Statement = listOf(statements).map(statementOf);
  return { Version: version, Statement: JSON.parse(resolve(JSON.stringify(Statement), template)) as never };
}

const ELEMENTS: Readonly<Record<string, readonly [element: string, read: (value: unknown) => unknown]>> = {
  sid: ['Sid', String],
  effect: ['Effect', String],
  actions: ['Action', listOf],
  not_actions: ['NotAction', listOf],
  resources: ['Resource', listOf],
  not_resources: ['NotResource', listOf],
  principals: ['Principal', (value) => merged(listOf(value), ({ type, identifiers }) => [[type], identifiers])],
  condition: [
    'Condition',
    (value) => merged(listOf(value), ({ test, variable, values }) => [[test, variable], values]),
  ],
};

function statementOf(block: Attributes): Attributes {
  const entries = Object.entries(block).map(([name, value]) => {
    const [element, read] = ELEMENTS[name] ?? [];
    if (element === undefined || !read) throw new Error(`A statement has ${name}, unknown to the simulator.`);
    return [element, read(value)] as const;
  });
  return { Effect: 'Allow', ...Object.fromEntries(entries) };
}

/** Merges blocks to nested objects: blocks with the same path share a list of values. The principal of all types is `*`. */
function merged(blocks: readonly Attributes[], partsOf: (block: Attributes) => readonly [unknown[], unknown]): unknown {
  const tree: Record<string, unknown> = {};
  for (const block of blocks) {
    const [path, values] = partsOf(block);
    if (path[0] === '*') return '*';
    const last = String(path.at(-1));
    let node = tree;
    for (const step of path.slice(0, -1)) node = (node[String(step)] ??= {}) as Record<string, unknown>;
    node[last] = [...listOf(node[last]), ...listOf(values)];
  }
  return tree;
}

function listOf(value: unknown): never[] {
  return (value === undefined ? [] : [value].flat()) as never[];
}
