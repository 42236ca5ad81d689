/** Reads lists and nested blocks of a resource. */
import type { ValuePath } from '../model/plan';
import { attribute, isEmpty, isList, isObject, type Value } from '../model/value';

/** A member of a list, or a block, with its place. */
export interface Member {
  readonly member: Value;
  readonly path: ValuePath;
}

/** Returns the members of a list. A single value is the only member; an empty value has no members. */
export function membersOf(list: Value | undefined): readonly Value[] {
  if (list === undefined || isEmpty(list)) return [];
  return isList(list) ? list : [list];
}

/** Returns the members of a list with their places. @param path the place of the list */
export function membersAt(list: Value | undefined, path: ValuePath): readonly Member[] {
  return membersOf(list).map((member, index) => ({ member, path: isList(list) ? [...path, index] : path }));
}

/** Returns the nested blocks with this name. */
export function blocksOf(side: Value | undefined, name: string): readonly Value[] {
  return membersOf(attribute(side, name)).filter(isObject);
}

/** Returns the nested blocks with this name, with their places. @param path the place of the value that contains them */
export function blocksAt(side: Value | undefined, name: string, path: ValuePath = []): readonly Member[] {
  return membersAt(attribute(side, name), [...path, name]).filter(({ member }) => isObject(member));
}
