/** Reads provisioners, programs, variables and write-only arguments from the configuration of a plan, in all modules. */
import { memberPath } from '../model/path';
import type { Program, Variable } from '../model/plan';
import { type Attributes, isList, isObject, type Value } from '../model/value';
import { readSettings } from './expressions';
import { configuredResources } from './modules';
import type { RawConfiguredResource, RawModule, RawPlan } from './raw-plan';

/** Types of resources and data sources that can run any program. */
const PROGRAMS = /^(external|shell_script(_resource)?|local_command|command|exec|shell|script)$/;
/** Data sources and ephemeral resources that invoke a function or start a task, during the plan or the apply. */
const INVOCATIONS = /^aws_(lambda_invocation|ecs_task_execution)$/;

/** Reads the provisioners of all resources. */
export function readProvisioners(plan: RawPlan): Program[] {
  return configuredResources(plan).flatMap(({ address, provisioners = [] }) =>
    provisioners.map(({ type, expressions = {} }, index) => ({ address, index, type, ...readSettings(expressions) })),
  );
}

/** Reads the resources and data sources that run a program or invoke a function. A data source may have run during the plan. */
export function readPrograms(plan: RawPlan): Program[] {
  return configuredResources(plan).filter(isProgram).map(programOf);
}

/** Reads the ephemeral resources that run no program. */
export function readEphemerals(plan: RawPlan): Program[] {
  const resources = configuredResources(plan);
  return resources.filter((resource) => resource.mode === 'ephemeral' && !isProgram(resource)).map(programOf);
}

function isProgram({ mode, type = '' }: RawConfiguredResource): boolean {
  return PROGRAMS.test(type) || (mode !== 'managed' && INVOCATIONS.test(type));
}

function programOf({ address, type = '', expressions = {} }: RawConfiguredResource): Program {
  return { address, index: 0, type, ...readSettings(expressions) };
}

/** Reads the variables of the root module with their values in this plan, and the inputs of its modules. */
export function readVariables({ configuration, variables = {} }: RawPlan): Variable[] {
  const root = configuration?.root_module;
  const own = Object.entries(variables).map(([name, { value = null }]) => ({
    name,
    value,
    hidden: isSensitive(root, name),
  }));
  return [...own, ...moduleInputs(root)];
}

/** Reads the constants and references that module calls pass, and the defaults of the other variables. */
function moduleInputs(module: RawModule | undefined, prefix = ''): Variable[] {
  return Object.entries(module?.module_calls ?? {}).flatMap(([call, { expressions = {}, module: called }]) => {
    const address = `${prefix}module.${call}.`;
    const defaults = Object.entries(called?.variables ?? {}).map(([name, variable]) => [
      name,
      variable.default ?? null,
    ]);
    const inputs = { ...(Object.fromEntries(defaults) as Readonly<Record<string, Value>>), ...expressions };
    const own = Object.entries(inputs).map(([name, value]) => ({
      name: `${address}${name}`,
      value,
      hidden: isSensitive(called, name),
    }));
    return [...own, ...moduleInputs(called, address)];
  });
}

function isSensitive(module: RawModule | undefined, name: string): boolean {
  const { variables = {} } = module ?? {};
  return Object.hasOwn(variables, name) && variables[name]?.sensitive === true;
}

/** Reads the key of each resource's provider configuration, by configuration address. */
export function readProviderKeys(plan: RawPlan): ReadonlyMap<string, string> {
  const keys = configuredResources(plan).flatMap(({ address, provider_config_key: key }) =>
    key === undefined ? [] : [[address, key] as const],
  );
  return new Map(keys);
}

/** Reads the constants of write-only arguments of each resource, by configuration address and path. */
export function readWriteOnly(plan: RawPlan): ReadonlyMap<string, Attributes> {
  return new Map(
    configuredResources(plan).map(({ address, expressions = {} }) => [
      address,
      Object.fromEntries(writeOnlyIn(readSettings(expressions).settings)),
    ]),
  );
}

function writeOnlyIn(settings: Value, path = ''): (readonly [path: string, value: Value])[] {
  if (isList(settings)) return settings.flatMap((block, index) => writeOnlyIn(block, `${path}[${index}]`));
  if (!isObject(settings)) return [];
  return Object.entries(settings).flatMap(([name, value]) => {
    const at = memberPath(path, name);
    return isWriteOnly(name) ? [[at, value] as const] : writeOnlyIn(value, at);
  });
}

/** Whether an argument is write-only. All providers of HashiCorp use this suffix. */
export function isWriteOnly(name: string): boolean {
  return name.endsWith('_wo');
}
