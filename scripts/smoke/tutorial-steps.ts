/** Makes the steps of each operation with the tutorial's bodies, for a session made from a contract. */
import type { Api } from '../../function/contract/api';
import { keyFields } from '../../function/contract/model';
import { isProblem, isTutorialListOfOne } from './difference';
import { hasUniqueKey, newBody, newKeyValues, pathWithExamples } from './example-values';
import { type OperationSteps, refusedBody } from './operation-steps';
import { SessionError } from './step';

/** A contract with `answers` has only the operations put, read, list and delete. */
const NONE = () => [];

/** Makes the steps of a contract with `answers`. @throws SessionError when the session could replace an existing item */
export function tutorialSteps(api: Api): OperationSteps {
  if (!hasUniqueKey(api))
    throw new SessionError(
      'the contract allows too few keys for a new key in each run, and put would replace an item with the same key. Write a session.ts beside the contract.',
    );
  const { put = '', delete: deleted = '' } = api.answers ?? {};
  const keys = newKeyValues(api);
  const [key = ''] = keyFields(api.key);
  const id = String(keys[key]);
  const item = newBody(api, '', keys);
  const atItem = (path: string) => pathWithExamples(api, path, keys);
  return {
    ...{ create: NONE, createByReplace: NONE, replace: NONE, update: NONE, increment: NONE },
    put: ({ method, path }) => [
      { method, path, body: item, status: 200, answer: `${put} ${id}` },
      refusedBody(api, { method, path }),
    ],
    read: ({ method, path }) => [{ method, path: atItem(path), status: 200, answer: { Item: item } }],
    list: ({ method, path }) => [{ method, path: `${path}?limit=1`, status: 200, answer: isTutorialListOfOne }],
    delete: ({ method, path }) => [{ method, path: atItem(path), status: 200, answer: `${deleted} ${id}` }],
    readDeleted: ({ method, path }) => [
      { method, path: atItem(path), label: 'after the deletion', status: 404, answer: isProblem },
    ],
    cleanUp: ({ method, path }) => [{ method, path: atItem(path), status: 200, cleanUp: true }],
  };
}
