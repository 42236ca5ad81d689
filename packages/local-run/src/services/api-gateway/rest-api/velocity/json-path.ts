/** The paths of `$input.path` and `$input.json`: `$`, `$.pets[0].name` or `$['name']`. */
import { property } from '../property';

const PATH = /^\$(\.[\w-]+|\[\d+\]|\['[^']+'\]|\["[^"]+"\])*$/;

const STEP = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/g;

/** Whether the local run supports a path. Wildcards, filters and recursive descent are not supported. */
export function isSupportedPath(path: unknown): boolean {
  return typeof path === 'string' && PATH.test(path);
}

/** @returns undefined when the text is no JSON, or has no such value */
export function valueAt(text: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const [, name, index, single, double] of path.matchAll(STEP)) {
    value = property(value, name ?? index ?? single ?? double ?? '');
  }
  return value;
}
