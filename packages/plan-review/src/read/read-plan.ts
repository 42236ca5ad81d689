/** Reads and checks the JSON of a plan. The result contains no sensitive value. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isSafeNumber, parse } from 'lossless-json';
import type { Plan } from '../model/plan';
import { PlanError } from '../plan-error';
import { changeReader } from './change';
import { readReferences, readRegions } from './configuration';
import { isRelevantDrift } from './drift';
import { type RawPlan, schemaErrors } from './schema';

const MAKE_PLAN_HINT = 'Make it with: terraform plan -out=plan && terraform show -json plan > plan.json';

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
  const { resource_changes: resources = [], resource_drift: drift = [], output_changes: outputs = {} } = json;
  const readChange = changeReader(json);
  const managed = resources.filter(({ mode }) => mode === 'managed').map(readChange);
  return {
    name,
    changes: managed.filter(
      ({ action, movedFrom, importedFrom }) => action !== 'none' || (movedFrom ?? importedFrom) !== undefined,
    ),
    reads: resources.filter(({ mode, change }) => mode === 'data' && change.actions[0] === 'read').map(readChange),
    outputs: Object.entries(outputs)
      .map(([output, change]) => readChange({ address: `output.${output}`, mode: 'managed', type: 'output', change }))
      .filter(({ action }) => action !== 'none'),
    drift: drift
      .filter(({ mode }) => mode === 'managed')
      .map(readChange)
      .filter((change) => isRelevantDrift(change, managed, json.relevant_attributes ?? [])),
    regions: readRegions(json),
    references: readReferences(json),
  };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PlanError(`${file}: cannot be read (${(error as Error).message}). ${MAKE_PLAN_HINT}`);
  }
  try {
    // A number that JavaScript would round stays a string of digits: rounding could make two plans look the same.
    return parse(text, null, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
  } catch (error) {
    const content = text.startsWith('PK')
      ? 'it is the plan file itself, a ZIP archive'
      : `it starts with ${JSON.stringify(text.slice(0, 40))}`;
    throw new PlanError(`${file}: is not JSON (${(error as Error).message}); ${content}. ${MAKE_PLAN_HINT}`);
  }
}

function checkPlan(json: unknown, source: string): asserts json is RawPlan {
  const errors = schemaErrors(json);
  if (errors !== undefined) throw new PlanError(`${source}: is not the JSON of a plan: ${errors}. ${MAKE_PLAN_HINT}`);
  const plan = json as RawPlan;
  if ('values' in plan) throw new PlanError(`${source}: is the JSON of a state, not of a plan. ${MAKE_PLAN_HINT}`);
  if (!['resource_changes', 'output_changes', 'planned_values', 'configuration'].some((key) => key in plan)) {
    throw new PlanError(
      `${source}: is not the JSON of a plan: it has neither resource_changes nor a configuration. ${MAKE_PLAN_HINT}`,
    );
  }
  if (!plan.format_version.startsWith('1.')) {
    throw new PlanError(
      `${source}: has format_version ${JSON.stringify(plan.format_version)}; only 1.x is supported. Use Terraform 1.x.`,
    );
  }
  if (plan.errored) {
    throw new PlanError(`${source}: the plan ended with an error (errored: true). Fix the error, and plan again.`);
  }
  if (plan.complete === false) {
    throw new PlanError(`${source}: the plan is incomplete (complete: false). Plan again without -target.`);
  }
}
