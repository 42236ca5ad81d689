/**
 * Schemas as lines of text, one for each type, so that a reader parses only the lines of the types that occur:
 * `["resource","aws_lambda_alias",0,{"arn":["string","c"],"name":["string","r"]},{"routing_config":["list",0,1,{...},{}]}]`.
 */
import type { Attribute, Block, NestedBlock, Schema, Type } from './schema';

export type SchemaKind = 'provider' | 'resource' | 'data' | 'ephemeral';

/** The letters r, o, c, s and w stand for required, optional, computed, sensitive and write-only. */
type AttributeTuple =
  readonly [type: Type, letters: string] | readonly [type: Type, letters: string, defaultValue: unknown];
type AttributeTuples = Readonly<Record<string, AttributeTuple>>;
type BlockTuple = readonly [NestedBlock['nesting'], min: number, max: number, AttributeTuples, BlockTuples];
type BlockTuples = Readonly<Record<string, BlockTuple>>;
type Line = readonly [SchemaKind, type: string, version: number, AttributeTuples, BlockTuples];

export function toLine(kind: SchemaKind, type: string, { version, block }: Schema): string {
  return JSON.stringify([kind, type, version, ...toTuples(block)] satisfies Line);
}

export type SchemasByKind = Readonly<Record<SchemaKind, Map<string, Schema>>>;

/** @returns the wanted schemas by type */
export function readLines(text: string, wanted: (kind: SchemaKind, type: string) => boolean): SchemasByKind {
  const schemas: SchemasByKind = { provider: new Map(), resource: new Map(), data: new Map(), ephemeral: new Map() };
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const [, kind, type] = /^\["(\w+)","([^"]+)",/.exec(text.slice(start, Math.min(end, start + 200))) ?? [];
    if (type !== undefined && wanted(kind as SchemaKind, type)) {
      const [, , version, attributes, blocks] = JSON.parse(text.slice(start, end)) as Line;
      schemas[kind as SchemaKind].set(type, { version, block: fromTuples(attributes, blocks) });
    }
    start = end + 1;
  }
  return schemas;
}

function toTuples({ attributes, blocks }: Block): readonly [AttributeTuples, BlockTuples] {
  return [
    mapEntries(attributes, (attribute): AttributeTuple => {
      const { required, optional, computed, sensitive, writeOnly } = attribute;
      const letters = Object.entries({ r: required, o: optional, c: computed, s: sensitive, w: writeOnly });
      const set = letters.filter(([, value]) => value).map(([letter]) => letter);
      return attribute.default === undefined
        ? [attribute.type, set.join('')]
        : [attribute.type, set.join(''), attribute.default];
    }),
    mapEntries(blocks, ({ nesting, min, max, block }) => [nesting, min, max, ...toTuples(block)] as BlockTuple),
  ];
}

function fromTuples(attributes: AttributeTuples, blocks: BlockTuples): Block {
  return {
    attributes: mapEntries(attributes, ([type, letters, defaultValue]): Attribute => ({
      type,
      required: letters.includes('r'),
      optional: letters.includes('o'),
      computed: letters.includes('c'),
      sensitive: letters.includes('s'),
      writeOnly: letters.includes('w'),
      ...(defaultValue !== undefined && { default: defaultValue }),
    })),
    blocks: mapEntries(blocks, ([nesting, min, max, inner, innerBlocks]): NestedBlock => ({
      ...{ nesting, min, max },
      block: fromTuples(inner, innerBlocks),
    })),
  };
}

function mapEntries<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
