/** Reads lists and nested blocks of a resource. */
import { attribute, isEmpty, isList, isObject, type Value } from '../model/value';

/** The members of a list. A single value is its own member; an empty value has none. */
export function membersOf(list: Value | undefined): readonly Value[] {
  if (list === undefined || isEmpty(list)) return [];
  return isList(list) ? list : [list];
}

/** The nested blocks with this name. */
export function blocksOf(side: Value | undefined, name: string): readonly Value[] {
  return membersOf(attribute(side, name)).filter(isObject);
}
