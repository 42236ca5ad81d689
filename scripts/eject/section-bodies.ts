/** Prints the arguments of providers, modules, variables, outputs and changes of the state. */
import { conditionBlocks, innerBlock, literalBody, plainBody, references, resourceBody } from './body';
import { type Block, expression, isBlock, literal, type Value } from './hcl';
import type { BlockSchema } from './schema';

export function moduleBody({ source, version, providers, depends_on: dependencies, ...block }: Block): string[] {
  const entries = isBlock(providers) ? Object.entries(providers) : [];
  return [
    ...argument('source', source, literal),
    ...argument('version', version, literal),
    ...plainBody(block),
    ...(entries.length === 0
      ? []
      : [`providers = {\n${entries.map(([name, provider]) => `${name} = ${references(provider)}`).join('\n')}\n}`]),
    ...argument('depends_on', dependencies, references),
  ];
}

/** The type is an expression, such as `list(string)`. The default and the description are no templates. */
export function variableBody({ type, validation, ...block }: Block): string[] {
  return [...argument('type', type, references), ...literalBody(block), ...conditionBlocks('validation', validation)];
}

export function outputBody({ description, precondition, depends_on: dependencies, ...block }: Block): string[] {
  return [
    ...argument('description', description, literal),
    ...plainBody(block),
    ...conditionBlocks('precondition', precondition),
    ...argument('depends_on', dependencies, references),
  ];
}

export function stateBody(block: Block): string[] {
  return Object.entries(block).map(([key, value]) => {
    if (key === 'lifecycle' && isBlock(value)) return innerBlock(key, plainBody(value)).join('\n');
    return `${key} = ${['from', 'to', 'provider'].includes(key) ? references(value) : expression(value)}`;
  });
}

export function providerBody(place: string, { alias, ...block }: Block, schema: BlockSchema): string[] {
  return [...argument('alias', alias, literal), ...resourceBody(place, block, schema)];
}

function argument(name: string, value: Value | undefined, print: (value: Value) => string): string[] {
  return value === undefined ? [] : [`${name} = ${print(value)}`];
}
