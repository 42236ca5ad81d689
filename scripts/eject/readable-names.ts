/** Removes CDKTF's hashes from the names of resources, and adds `moved` blocks for the new names. */
import { type Block, EncodedJson, isBlock, type Value } from './hcl';

/** CDKTF adds a hash to the name of a nested construct: `queue_dead_letters_1A2B3C4D`. */
const HASHED = /^(.+)_[0-9A-F]{8}$/;

interface Rename {
  /** `resource` or `data`. */
  readonly section: string;
  readonly from: string;
  readonly to: string;
}

/** Returns the sections with readable names, and a `moved` block for each renamed resource. */
export function withReadableNames(sections: Block): Block {
  const renames = ['resource', 'data'].flatMap((section) => renamesIn(section, (sections[section] ?? {}) as Block));
  if (renames.length === 0) return sections;
  // Moves of the stack stay. Terraform follows a chain of moves, and refuses two moves to the same address.
  const { moved: earlier, ...references } = sections;
  const renamed = Object.fromEntries(
    Object.entries(replaceReferences(references, renames) as Block).map(([section, value]) => [
      section,
      section === 'resource' || section === 'data' ? renameKeys(section, value as Block, renames) : value,
    ]),
  );
  const moved = renames.filter(({ section }) => section === 'resource').map(({ from, to }) => ({ from, to }));
  return { ...renamed, moved: [...((earlier ?? []) as Block[]), ...moved] };
}

function renamesIn(section: string, blocks: Block): Rename[] {
  return Object.entries(blocks).flatMap(([type, named]) => {
    const names = Object.keys(named as Block);
    const taken = new Set(names);
    return names.flatMap((name) => {
      const [, short] = HASHED.exec(name) ?? [];
      if (short === undefined || taken.has(short)) return [];
      taken.add(short);
      return [{ section, from: `${type}.${name}`, to: `${type}.${short}` }];
    });
  });
}

function renameKeys(section: string, blocks: Block, renames: readonly Rename[]): Block {
  const nameOf = (type: string, name: string) => {
    const rename = renames.find((one) => one.section === section && one.from === `${type}.${name}`);
    return rename ? rename.to.slice(type.length + 1) : name;
  };
  return Object.fromEntries(
    Object.entries(blocks).map(([type, named]) => [
      type,
      Object.fromEntries(Object.entries(named as Block).map(([name, block]) => [nameOf(type, name), block])),
    ]),
  );
}

/** Replaces the addresses in all texts. Because of its hash, an address matches no other text. */
function replaceReferences(value: Value, renames: readonly Rename[]): Value {
  const replaceIn = (text: string) => renames.reduce((changed, rename) => replaceAddress(changed, rename), text);
  const change = (one: Value): Value => {
    if (typeof one === 'string') return replaceIn(one);
    if (one instanceof EncodedJson) return new EncodedJson(change(one.value));
    if (Array.isArray(one)) return one.map(change);
    if (!isBlock(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, change(inner)]));
  };
  return change(value);
}

function replaceAddress(text: string, { section, from, to }: Rename): string {
  const pattern = new RegExp(
    `(?<![\\w.-])${section === 'data' ? 'data\\.' : ''}${from.replaceAll('.', '\\.')}(?![\\w-])`,
    'g',
  );
  return text.replace(pattern, section === 'data' ? `data.${to}` : to);
}
