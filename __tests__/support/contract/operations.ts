/** All operations, by their names in contracts. */
import { create } from '../../../function/crud/operations/create';
import { remove } from '../../../function/crud/operations/delete';
import { increment } from '../../../function/crud/operations/increment';
import { list } from '../../../function/crud/operations/list';
import { read } from '../../../function/crud/operations/read';
import { replace } from '../../../function/crud/operations/replace';
import { update } from '../../../function/crud/operations/update';

export const operations = { create, read, replace, update, delete: remove, list, increment };
