/** Prints blocks of Terraform: resources, data sources, providers, outputs and variables. */
import { type Block, expression, isBlock, list, literal, type Value } from './hcl';
import { type BlockSchema, nestedBlock } from './schema';

/** Meta-arguments, which all types of resources have, in the order of Terraform's style guide. */
const FIRST = ['count', 'for_each', 'provider'];
const LAST = ['connection', 'provisioner', 'lifecycle', 'depends_on'];

/** Arguments of provisioners that are keywords of Terraform. */
const KEYWORDS = ['when', 'on_failure'];

/** Prints a block with its header. @param header for example `resource "aws_lambda_function" "function"` */
export function printBlock(header: string, body: readonly string[]): string {
  const text = body.join('\n').trim();
  return text === '' ? `${header} {}\n` : `${header} {\n${text}\n}\n`;
}

/** Prints a block in another block, with an empty line before it. */
export function innerBlock(header: string, body: readonly string[]): string[] {
  return ['', printBlock(header, body).trim()];
}

/**
 * Prints the arguments of a resource, data source or provider.
 * @param place name of the block in errors, for example `items: aws_lambda_function.function`
 * @throws Error for an argument that the schema does not list
 */
export function resourceBody(place: string, block: Block, schema: BlockSchema): string[] {
  const typeArguments = Object.fromEntries(Object.entries(block).filter(([key]) => ![...FIRST, ...LAST].includes(key)));
  const body = FIRST.flatMap((key) => metaArgument(key, block[key]));
  body.push(...schemaBody(place, typeArguments, schema));
  if (isBlock(block['connection'])) body.push(...innerBlock('connection', plainBody(block['connection'])));
  body.push(...provisionerBlocks(block['provisioner']));
  if (isBlock(block['lifecycle'])) body.push(...innerBlock('lifecycle', lifecycleBody(block['lifecycle'])));
  if (block['depends_on'] !== undefined) body.push('', `depends_on = ${references(block['depends_on'])}`);
  return body;
}

function metaArgument(key: string, value: Value | undefined): string[] {
  if (value === undefined) return [];
  return [`${key} = ${key === 'provider' ? references(value) : expression(value)}`];
}

/** Prints provisioners: `[{ "local-exec": { command } }]`. */
function provisionerBlocks(value: Value | undefined): string[] {
  return blockList(value).flatMap((block) =>
    Object.entries(block).flatMap(([type, bodies]) =>
      blockList(bodies).flatMap(({ connection, ...args }) =>
        innerBlock(`provisioner "${type}"`, [
          ...Object.entries(args).map(
            ([key, inner]) => `${key} = ${KEYWORDS.includes(key) ? references(inner) : expression(inner)}`,
          ),
          ...(isBlock(connection) ? innerBlock('connection', plainBody(connection)) : []),
        ]),
      ),
    ),
  );
}

function schemaBody(place: string, block: Block, schema: BlockSchema): string[] {
  const args: string[] = [];
  const blocks: string[] = [];
  for (const [key, value] of Object.entries(block)) {
    // For Terraform, null means that the argument is absent.
    if (value === null) continue;
    if (key === 'dynamic' && isBlock(value)) {
      blocks.push(...dynamicBlocks(place, value, schema));
      continue;
    }
    const nested = nestedBlock(schema, key);
    const values = nested && blocksOf(value);
    if (nested && values) {
      for (const inner of values) blocks.push(...innerBlock(key, schemaBody(`${place}.${key}`, inner, nested)));
    } else if (schema.attributes?.[key] !== undefined) {
      args.push(`${key} = ${expression(value)}`);
    } else if (!nested || !Array.isArray(value)) {
      throw new Error(
        `${place} has the argument ${key}, which the provider does not list. Eject supports the arguments of the provider, count, ` +
          'for_each, provider, lifecycle and depends_on: remove the argument from the stack, or write this resource by hand.',
      );
    }
  }
  return [...args, ...blocks];
}

/** Prints blocks that Terraform repeats for each element of a collection. */
function dynamicBlocks(place: string, dynamic: Block, schema: BlockSchema): string[] {
  return Object.entries(dynamic).flatMap(([label, value]) =>
    (blocksOf(value) ?? []).flatMap(({ content = {}, iterator, ...others }) => {
      const inner = isBlock(content) ? schemaBody(`${place}.${label}`, content, nestedBlock(schema, label) ?? {}) : [];
      const name = iterator === undefined ? [] : [`iterator = ${references(iterator)}`];
      return innerBlock(`dynamic "${label}"`, [...plainBody(others), ...name, ...innerBlock('content', inner)]);
    }),
  );
}

/** @returns undefined for the value of an argument, such as a reference or an empty list */
function blocksOf(value: Value): readonly Block[] | undefined {
  if (isBlock(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isBlock) ? value : undefined;
}

/** Returns the blocks of a value that can be a block or a list of blocks. */
export function blockList(value: Value | undefined): readonly Block[] {
  return value === undefined ? [] : (blocksOf(value) ?? []);
}

/** Prints the arguments of `lifecycle`. `ignore_changes` and `replace_triggered_by` take addresses, not expressions. */
export function lifecycleBody(block: Block): string[] {
  return Object.entries(block).flatMap(([key, value]) => {
    if (key === 'ignore_changes' || key === 'replace_triggered_by') return [`${key} = ${references(value)}`];
    if (key === 'precondition' || key === 'postcondition') return conditionBlocks(key, value);
    return [`${key} = ${expression(value)}`];
  });
}

/** Prints `precondition`, `postcondition` or `validation`. */
export function conditionBlocks(key: string, value: Value | undefined): string[] {
  return blockList(value).flatMap((block) => innerBlock(key, plainBody(block)));
}

/** Prints each entry as an argument. */
export function plainBody(block: Block): string[] {
  return Object.entries(block).map(([key, value]) => `${key} = ${expression(value)}`);
}

/** Prints each entry as an argument, whose texts are no templates. */
export function literalBody(block: Block): string[] {
  return Object.entries(block).map(([key, value]) => `${key} = ${literal(value)}`);
}

/** Prints addresses. In Terraform's JSON, they are strings: `["aws_iam_role.function"]`, or `"all"`. */
export function references(value: Value): string {
  if (typeof value === 'string') return unwrap(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return list(value.map(unwrap));
  throw new Error(`A list of references is ${JSON.stringify(value)}. Write it as a list of addresses in the stack.`);
}

function unwrap(address: string): string {
  return address.replace(/^\$\{(.*)\}$/s, '$1');
}
