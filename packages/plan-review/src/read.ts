/** Reads and checks the JSON of a plan; what leaves this file has no sensitive value in it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isSafeNumber, parse } from 'lossless-json';
import { changeReader } from './change';
import { isRelevant } from './drift';
import type { Plan } from './model';
import { type RawPlan, shapeFault } from './schema';
import { PlanError } from './value';

const HOW = 'Make it with: terraform plan -out=plan && terraform show -json plan > plan.json';

/**
 * Reads the output of `terraform show -json PLAN`.
 * @param name the stack's name @default the folder's name of a plan.json (cdktf.out/stacks/items/plan.json: items), otherwise the file's
 * @throws PlanError for what is not the whole plan of a run without errors
 */
export function readPlan(file: string, name = stackName(file)): Plan {
  return planOf(readJson(file), file, name);
}

/** The stack's name, from the file alone. */
export function stackName(file: string): string {
  const { dir, base, name } = path.parse(path.resolve(file));
  return base === 'plan.json' ? path.basename(dir) : name;
}

/** As `readPlan`, of JSON that is there already; `file` says in errors where it is from. */
export function planOf(json: unknown, file: string, name: string): Plan {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) {
    throw new PlanError(
      `${file}: a stack cannot have the name ${JSON.stringify(name)}; name it with NAME=${path.basename(file)}, of letters, digits and _.-`,
    );
  }
  check(json, file);
  const { resource_changes: resources = [], resource_drift: drift = [], output_changes: outputs = {} } = json;
  const changeOf = changeReader(json);
  const managed = resources.filter(({ mode }) => mode === 'managed').map(changeOf);
  return {
    name,
    changes: managed.filter(
      ({ action, movedFrom, importedFrom }) => action !== 'none' || (movedFrom ?? importedFrom) !== undefined,
    ),
    reads: resources.filter(({ mode, change }) => mode === 'data' && change.actions[0] === 'read').map(changeOf),
    outputs: Object.entries(outputs)
      .map(([output, change]) => changeOf({ address: `output.${output}`, mode: 'managed', type: 'output', change }))
      .filter(({ action }) => action !== 'none'),
    drift: drift
      .filter(({ mode }) => mode === 'managed')
      .map(changeOf)
      .filter((change) => isRelevant(change, managed, json.relevant_attributes ?? [])),
    regions: regionsOf(json),
    references: referencesOf(json),
  };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`${file}: cannot be read (${(error as Error).message}). ${HOW}`);
  }
  try {
    // A number beyond a double stays its digits: rounded, two plans could look the same.
    return parse(text, null, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
  } catch (error) {
    const seen = text.startsWith('PK')
      ? 'it is a plan file itself, an archive'
      : `it starts with ${JSON.stringify(text.slice(0, 40))}`;
    throw new PlanError(`${file}: is not JSON (${(error as Error).message}); ${seen}. ${HOW}`);
  }
}

function check(json: unknown, file: string): asserts json is RawPlan {
  const fault = shapeFault(json);
  if (fault !== undefined) throw new PlanError(`${file}: is not the JSON of a plan: ${fault}. ${HOW}`);
  const plan = json as RawPlan;
  if ('values' in plan) throw new PlanError(`${file}: is the JSON of a state, not of a plan. ${HOW}`);
  if (!['resource_changes', 'output_changes', 'planned_values', 'configuration'].some((key) => key in plan)) {
    throw new PlanError(
      `${file}: is not the JSON of a plan: it has neither resource_changes nor a configuration. ${HOW}`,
    );
  }
  if (!plan.format_version.startsWith('1.')) {
    throw new PlanError(
      `${file}: has format_version ${JSON.stringify(plan.format_version)}, and 1.x is understood. Use Terraform 1.x.`,
    );
  }
  if (plan.errored)
    throw new PlanError(`${file}: is of a plan that ended with an error (errored: true). Mend that, and plan again.`);
  if (plan.complete === false) {
    throw new PlanError(`${file}: is not the whole plan (complete: false), as with -target. Plan again without it.`);
  }
}

function regionsOf({ configuration }: RawPlan): Record<string, string> {
  const providers = Object.entries(configuration?.provider_config ?? {}).map(([key, { expressions }]) => {
    const region = expressions?.['region'] as { constant_value?: unknown } | undefined;
    return [key, region?.constant_value] as const;
  });
  return Object.fromEntries(providers.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function referencesOf({ configuration }: RawPlan): Plan['references'] {
  const resources = configuration?.root_module?.resources ?? [];
  return Object.fromEntries(
    resources.map(({ address, expressions = {} }) => [
      address,
      Object.fromEntries(Object.entries(expressions).map(([name, expression]) => [name, referencesIn(expression)])),
    ]),
  );
}

/** Those of an expression, or of the expressions in nested blocks. */
export function referencesIn(expression: unknown): string[] {
  if (typeof expression !== 'object' || expression === null) return [];
  const { references } = expression as { references?: unknown };
  if (Array.isArray(references)) return references.filter((reference) => typeof reference === 'string');
  return Object.values(expression).flatMap(referencesIn);
}
