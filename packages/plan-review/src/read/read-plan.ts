/** Reads and checks the JSON of a plan. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseJson } from '../model/json';
import type { Change, Plan } from '../model/plan';
import { createPlanIndex } from '../model/plan-index';
import { attribute, type Value } from '../model/value';
import { PlanError } from '../plan-error';
import { readOwnAccounts } from './accounts';
import { readChange, type ResourceConfigurations } from './change';
import { checkPlan, MAKE_PLAN_HINT } from './check-plan';
import {
  readEphemerals,
  readPrograms,
  readProviderKeys,
  readProvisioners,
  readVariables,
  readWriteOnly,
} from './configuration';
import { isRefreshOnly, relevantDrift } from './drift';
import { readAllowingIpSets } from './ip-sets';
import { readFailedChecks, readInvocations } from './invocations';
import { readOutputs } from './outputs';
import { readNewProviders, readProviders } from './providers';
import type { RawPlan, RawResource } from './raw-plan';
import { readReferences } from './references';
import { readSecrets } from './secrets';

/**
 * Reads a file with the output of `terraform show -json PLAN`.
 * @param name the stack's name @default the folder of a plan.json (`items` for cdktf.out/stacks/items/plan.json), or the
 *   name of any other file
 * @throws PlanError when the file is not a plan, or the plan is incomplete or ended with an error
 */
export function readPlan(file: string, name = stackName(file)): Plan {
  return parsePlan(readJson(file), file, name);
}

/** Derives a stack's name from the path of its plan. */
export function stackName(file: string): string {
  const { dir, base, name } = path.parse(path.resolve(file));
  return base === 'plan.json' ? path.basename(dir) : name;
}

/**
 * Makes a plan from parsed JSON.
 * @param source names the JSON's origin in errors
 * @throws PlanError when the name is not valid, and in the same cases as `readPlan`
 */
export function parsePlan(json: unknown, source: string, name: string): Plan {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) {
    throw new PlanError(
      `${source}: ${JSON.stringify(name)} cannot be the name of a stack. ` +
        `Pass NAME=${path.basename(source)}, with a NAME of letters, digits, "_", "." and "-".`,
    );
  }
  checkPlan(json, source);
  return makePlan(json, name);
}

function makePlan(json: RawPlan, name: string): Plan {
  const { resource_changes: resources = [], resource_drift: allDrift = [] } = json;
  const references = readReferences(json);
  const configurations: ResourceConfigurations = {
    providerKeys: readProviderKeys(json),
    references,
    writeOnly: readWriteOnly(json),
  };
  // Drift does not come from the configuration.
  const driftConfigurations: ResourceConfigurations = { ...configurations, references: {}, writeOnly: new Map() };
  const readAll = (mode: RawResource['mode'], raw: readonly RawResource[], resourceConfigurations = configurations) =>
    raw.filter((resource) => resource.mode === mode).map((resource) => readChange(resource, resourceConfigurations));
  const managed = readAll('managed', resources);
  const data = readAll('data', resources);
  const drift = readAll('managed', allDrift, driftConfigurations);
  const allOutputs = readOutputs(json, configurations);
  const lists = {
    changes: managed.filter(isChange),
    reads: data.filter(({ action }) => action === 'read'),
    outputs: allOutputs.filter(({ action }) => action !== 'none'),
    invocations: readInvocations(json),
    providers: readProviders(json),
    variables: readVariables(json),
    references,
  };
  const refreshOnly = isRefreshOnly(json, lists, drift);
  const shownDrift = refreshOnly ? drift : relevantDrift(drift, lists.changes, json.relevant_attributes ?? []);
  return {
    ...lists,
    name,
    refreshOnly,
    drift: shownDrift,
    provisioners: readProvisioners(json),
    checks: readFailedChecks(json),
    programs: readPrograms(json),
    ephemerals: readEphemerals(json),
    newProviders: readNewProviders(json),
    allowingIpSets: readAllowingIpSets(managed),
    stackRoles: stackRoles(managed),
    managedPolicies: managedPolicies(managed),
    ownAccounts: readOwnAccounts(json, configurations, lists.providers),
    secrets: readSecrets(json, [...managed, ...data, ...drift, ...allOutputs], lists),
    index: createPlanIndex({ ...lists, drift: shownDrift }),
  };
}

/** The ARNs and names of the roles and instance profiles, before and after the apply. */
function stackRoles(managed: readonly Change[]): Set<Value> {
  const roles = managed.filter(({ type }) => type === 'aws_iam_role' || type === 'aws_iam_instance_profile');
  return new Set(
    roles
      .flatMap(({ before, after }) => [before, after])
      .flatMap((side) => [attribute(side, 'arn') ?? null, attribute(side, 'name') ?? null]),
  );
}

function managedPolicies(managed: readonly Change[]): Map<string, Value> {
  const policies = managed.filter(({ type }) => type === 'aws_iam_policy');
  return new Map(
    policies.flatMap(({ before }) => {
      const arn = attribute(before, 'arn');
      return typeof arn === 'string' ? [[arn, attribute(before, 'policy') ?? null] as const] : [];
    }),
  );
}

function isChange({ action, movedFrom, imported }: Change): boolean {
  return action !== 'none' || movedFrom !== undefined || imported !== undefined;
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`${file}: cannot be read (${(error as Error).message}). ${MAKE_PLAN_HINT}`);
  }
  try {
    const { value, duplicateKeys } = parseJson(text);
    if (duplicateKeys.length === 0) return value;
    const keys = duplicateKeys.slice(0, 5).map((key) => JSON.stringify(key));
    throw new PlanError(
      `${file}: has an object with two members of the same name: ${keys.join(', ')}. ${MAKE_PLAN_HINT}`,
    );
  } catch (error) {
    if (error instanceof PlanError) throw error;
    const content = text.startsWith('PK')
      ? 'it is the plan file itself, a ZIP archive'
      : `it starts with ${JSON.stringify(text.slice(0, 40))}`;
    throw new PlanError(`${file}: is not JSON (${(error as Error).message}); ${content}. ${MAKE_PLAN_HINT}`);
  }
}
