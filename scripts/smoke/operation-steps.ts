/** Makes the steps of each operation, for a session made from a contract. */
import { randomUUID } from 'node:crypto';
import type { Api, OperationName, OperationRoute } from '../../function/contract/api';
import { type ContractRoute, keyFields, modelOf } from '../../function/contract/model';
import { contains, isPageOfOne, isProblem } from './difference';
import { examplePatch, hasUniqueKey, listQuery, newBody, newKeyValues, pathWithExamples } from './example-values';
import type { Step } from './step';
import { ETAG, ITEM, savedValues } from './saved-values';

export type RouteOf<O extends OperationName> = ContractRoute<Extract<OperationRoute, { readonly operation: O }>>;

/** Makes the steps of a route. */
type StepsOf<O extends OperationName> = (route: RouteOf<O>) => readonly Step[];

export type OperationSteps = { readonly [O in OperationName]: StepsOf<O> } & {
  /** Creates the item, in a contract without a create route. */
  readonly createByReplace: StepsOf<'replace'>;
  /** Reads the item after its deletion. */
  readonly readDeleted: StepsOf<'read'>;
  readonly cleanUp: StepsOf<'delete'>;
};

/** The header of a precondition that every item meets. */
const ANY_ITEM = { 'if-match': '*' };

/** Makes the steps of an API whose answers are items and problems. */
export function operationSteps(api: Api): OperationSteps {
  const hasVersion = modelOf(api).version !== undefined;
  const save = savedValues(api);

  return {
    create: ({ method, path, route }) => {
      const keys = newKeyValues(api);
      const body = newBody(api, path, keys);
      const request = { method, path: pathWithExamples(api, path, keys), body };
      const headers = { 'idempotency-key': randomUUID() };
      const created = { ...request, status: 201, answer: contains(body), save, ...existingKeyHint(api, keys) };
      if (!route.idempotency) return [refusedBody(api, request), created];
      const replay = { ...request, headers, label: 'with the same Idempotency-Key', status: 201, answer: `{${ITEM}}` };
      return [
        refusedBody(api, request),
        { ...created, headers },
        { ...replay, answerHeaders: { 'idempotent-replayed': 'true' } },
      ];
    },
    createByReplace: ({ method, path }) => {
      const keys = newKeyValues(api);
      const body = newBody(api, path, keys);
      const request = { method, path: pathWithExamples(api, path, keys), body };
      const created = { ...request, status: 201, answer: contains(body), save, ...existingKeyHint(api, keys) };
      const headers = { 'if-none-match': '*' };
      return [refusedBody(api, request), { ...created, headers, label: 'of a new item' }];
    },
    put: () => [],
    read: ({ method, path }) => [
      { method, path, status: 200, answer: `{${ITEM}}` },
      ...(hasVersion
        ? [{ method, path, headers: { 'if-none-match': `{${ETAG}}` }, label: 'with its ETag', status: 304 }]
        : []),
    ],
    list: ({ method, path, route }) => [
      { method, path: path + listQuery(api, path, route), status: 200, answer: isPageOfOne },
    ],
    update: ({ method, path, route }) => {
      const patch = examplePatch(api, path);
      const request = { method, path, body: patch };
      const unchanged = { ...request, body: {}, label: 'without changes', status: 200, answer: `{${ITEM}}`, save };
      const { [ETAG]: _, ...saveItem } = save;
      return [
        ...withoutPrecondition(request, route),
        { ...unchanged, ...precondition(route) },
        ...(hasVersion
          ? [
              {
                ...request,
                headers: { 'if-match': `{${ETAG}}` },
                status: 200,
                answer: contains(patch),
                save: saveItem,
              },
              {
                ...request,
                headers: { 'if-match': `{${ETAG}}` },
                label: 'with an old ETag',
                status: 412,
                answer: isProblem,
              },
            ]
          : [{ ...request, ...precondition(route), status: 200, answer: contains(patch), save }]),
      ];
    },
    increment: ({ method, path }) => [{ method, path, status: 200, save }],
    replace: ({ method, path, route }) => {
      const keys = Object.fromEntries(keyFields(api.key).map((name) => [name, `{${name}}`]));
      const request = { method, path, body: newBody(api, path, keys) };
      return [...withoutPrecondition(request, route), { ...request, ...precondition(route), status: 200, save }];
    },
    delete: ({ method, path, route }) => [
      ...withoutPrecondition({ method, path }, route),
      { method, path, ...precondition(route), status: 204 },
    ],
    readDeleted: ({ method, path }) => [{ method, path, label: 'after the deletion', status: 404, answer: isProblem }],
    cleanUp: ({ method, path, route }) => [{ method, path, ...precondition(route), status: 204, cleanUp: true }],
  };
}

/** Makes the hint for a create whose key exists, if the contract allows too few keys for a random key. */
function existingKeyHint(api: Api, keys: Readonly<Record<string, unknown>>): Pick<Step, 'hint'> {
  if (hasUniqueKey(api)) return {};
  const hint =
    `  Every session creates the item with the key ${JSON.stringify(keys)}, because the contract allows few keys. ` +
    'If the table has this item, delete it: a session changes no item that it did not create.';
  return { hint };
}

/** Makes a request with an unknown field. With request validation, a REST API answers 400 itself, and sends no problem. */
export function refusedBody({ gateway }: Api, request: Pick<Step, 'method' | 'path'>): Step {
  const { method, path } = request;
  const body = { '@unknown': 1 };
  const answer = gateway === 'http-api' ? isProblem : undefined;
  return { method, path, body, label: 'with an unknown field', status: 400, answer };
}

interface Preconditioned {
  readonly ifMatch?: 'required';
}

function precondition({ ifMatch }: Preconditioned): Pick<Step, 'headers'> {
  return ifMatch === 'required' ? { headers: ANY_ITEM } : {};
}

function withoutPrecondition(request: Pick<Step, 'method' | 'path' | 'body'>, { ifMatch }: Preconditioned): Step[] {
  if (ifMatch !== 'required') return [];
  return [{ ...request, label: 'without If-Match', status: 428, answer: isProblem }];
}
