/** Property test: for any contract that passes the checks at synth, no request is answered with 5xx. */
import fc from 'fast-check';
import type { Api, ListRoute } from '../../../function/contract/api';
import { isOperation, type ContractRoute, keyFields, pathParameters, routesOf } from '../../../function/contract/model';
import { fieldValues, sentFields, soundContract } from '../../support/arbitrary-contract';
import { startApi } from '../../support/contract/api';
import type { Sent } from '../../support/contract/events';
import { operations } from '../../support/contract/operations';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 25);

const SEED = process.env['SEED'] === undefined ? {} : { seed: Number(process.env['SEED']) };

type Values = Readonly<Record<string, unknown>>;

/** Makes a request for the route, from values of the fields. */
function requestFor({ method, path, route }: ContractRoute, api: Api, values: Values, sent: readonly string[]): Sent {
  const pick = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, values[name]]));
  const texts = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, String(values[name])])) as Record<string, string>;
  const parameters = pathParameters(path);
  const request = { path: texts(parameters), claims: { sub: 'ada' } };
  if (!isOperation(route) || ['read', 'delete', 'increment'].includes(route.operation)) return request;
  if (method !== 'GET') return { ...request, body: pick(sent.filter((name) => !parameters.includes(name))) };
  const { index, filters = [] } = route as ListRoute;
  const [partition, sort] = index === undefined ? [] : keyFields(api.indexes?.[index]?.key ?? '');
  const equal = [partition, ...filters].filter((name) => name !== undefined && name !== 'the.owner') as string[];
  const bound = sort === undefined || sort === 'the.owner' ? {} : { [`${sort}[gte]`]: String(values[sort]) };
  return { ...request, query: { ...texts(equal), ...bound } };
}

test('every route of a contract without faults answers with a status below 500', async () => {
  const succeeded = new Set<string>();
  const requests = fc.array(fc.tuple(fieldValues, sentFields), { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(soundContract, requests, async (contract, all) => {
      const api = await startApi(contract, operations);
      try {
        for (const [values, sent] of all) {
          let known: Values = values;
          for (const route of routesOf(contract)) {
            const { status, text, json } = await api.send(route.routeKey, requestFor(route, contract, known, sent));
            if (status >= 500) throw new Error(`${route.routeKey} with ${JSON.stringify(known)}: ${text ?? ''}`);
            if (status === 201) known = { ...known, ...(json as Values) };
            if (status < 300 && isOperation(route.route)) succeeded.add(route.route.operation);
          }
        }
      } finally {
        await api.stop();
      }
    }),
    { numRuns: RUNS, ...SEED },
  );
  expect([...succeeded]).toEqual(expect.arrayContaining(['create', 'delete', 'list', 'read', 'replace']));
});
