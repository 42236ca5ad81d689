/** Checks contracts when the app is synthesized. */
import type { Api } from '../../function/contract/api';
import { AuthChecks } from './auth';
import { checkCors } from './cors';
import { checkAnswers } from './answers';
import { type ContractFault, ContractError } from './contract-error';
import type { ContractFacts } from './contract-facts';
import { Fields } from './fields';
import { checkHandler } from './handlers';
import { checkIndexes, checkTableKey, checkTtl } from './keys';
import { checkOperation } from './operations';
import { checkLengths } from './length';
import { Place } from './place';
import { checkPathFields } from './path-fields';
import { checkRouteKeys, type RoutePlace } from './routes';

const KEYWORDS = [
  ...['name', 'gateway', 'item', 'managed', 'key', 'indexes', 'ttl', 'auth', 'public', 'cors', 'answers', 'routes'],
];

/** Lower-case letters, digits and hyphens: names of all resources can contain them. DynamoDB requires at least 3 characters. */
const NAME = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/**
 * Checks the contracts of an app. TypeScript reports most faults earlier, in the editor. It does not check patterns, defaults,
 * keys, or contracts that are not literals.
 * @param furtherFaults further checks of a contract without faults @default no further checks
 * @throws ContractError with all faults of all contracts
 * @example checkContracts([items, orders]);
 */
export function checkContracts(
  contracts: readonly unknown[],
  furtherFaults: (contract: Api) => readonly ContractFault[] = () => [],
): void {
  const faults = new Map<string, readonly ContractFault[]>();
  contracts.forEach((contract, index) => {
    const name = nameOf(contract);
    const firstFaults = contractFaults(contract);
    const list = firstFaults.length > 0 ? firstFaults : [...furtherFaults(contract as Api)];
    const isDuplicate =
      name !== undefined && contracts.slice(0, index).some((other) => other !== contract && nameOf(other) === name);
    if (isDuplicate)
      list.push({ path: 'name', message: `is ${name}, the name of another contract; choose a different name` });
    const key = name ?? `number ${index + 1}`;
    if (list.length > 0) faults.set(key, [...(faults.get(key) ?? []), ...list]);
  });
  if (faults.size > 0) throw new ContractError(faults);
}

function nameOf(contract: unknown): string | undefined {
  const { name } = (contract ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Returns all faults of a contract. Accepts any value. */
export function contractFaults(value: unknown): ContractFault[] {
  const faults: ContractFault[] = [];
  const contract = new Place(value, '', faults);
  if (!contract.isObject('an object made with defineApi')) return faults;
  contract.allowOnly(KEYWORDS, 'a contract');
  contract.required(
    'name',
    'a name of 3 to 40 lower-case letters, digits and hyphens, which begins with a letter',
    isName,
  );
  const name = contract.field('name');
  if (isName(name.value) && name.value in Object.prototype)
    name.fault(`is ${name.value}, a property of every JavaScript object; choose another name`);
  contract.required('gateway', "'http-api' or 'rest-api'", isGateway);
  const fields = new Fields(contract);
  const key = checkTableKey(contract, fields);
  const indexes = checkIndexes(contract, fields);
  checkTtl(contract, fields, key);
  checkCors(contract);
  const auth = new AuthChecks(contract, contract.field('gateway').value);
  const ttl = contract.field('ttl').value ?? fields.ofKind('expiresAfter')[0];
  const facts: ContractFacts = { fields, auth, key, indexes, ttl, isTutorial: contract.has('answers') };
  checkRoutes(checkRouteKeys(contract), facts);
  auth.reportUnused();
  checkAnswers(contract, facts);
  checkLengths(contract);
  return faults;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

function isGateway(value: unknown): boolean {
  return value === 'http-api' || value === 'rest-api';
}

function checkRoutes(routes: readonly RoutePlace[], facts: ContractFacts): void {
  const handlers = new Map<string, string>();
  for (const route of routes) {
    const { place } = route;
    checkPathFields(route, facts);
    if (!place.isObject("a route, such as { operation: 'read' }")) continue;
    const isBoth = place.has('operation') && place.has('handler');
    if (isBoth) place.fault('has an operation and a handler; a route has one of them');
    // Check a route with both as the kind that its other keywords suggest.
    const isHandler = isBoth ? place.has('responses') : place.has('handler');
    const checked = isBoth ? { ...route, place: place.without(isHandler ? 'operation' : 'handler') } : route;
    if (isHandler) checkHandler(checked, facts, handlers);
    else if (place.has('operation')) checkOperation(checked, facts);
    else place.fault('has neither an operation nor a handler; a route has one of them');
  }
}
