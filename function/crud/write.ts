/** Adds the changes that every write makes: next version, time of the write, id of the request. */
import type { Model } from '../contract/model';
import type { Request } from '../http/serve';
import { WRITTEN_BY } from './item';
import type { Changes } from './store';

/** Adds the next version, the time of the write, and the request's id. */
export function addWriteFields(changes: Changes, { id }: Request, model: Model): Changes {
  const { set, ...rest } = addNextVersion(changes, model);
  return { ...rest, set: { ...set, [WRITTEN_BY]: id } };
}

/** Adds the next version and the time of the write. */
export function addNextVersion({ set, add, ...rest }: Changes, { version, updatedAt }: Model): Changes {
  return {
    ...rest,
    set: { ...set, ...(updatedAt !== undefined && { [updatedAt]: new Date().toISOString() }) },
    add: { ...add, ...(version !== undefined && { [version]: 1 }) },
  };
}
