/** Compares the state that the stand-in makes with a plan of the real AWS provider. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findInstalledProvider } from '../../src/stand-in/schema/installed-schemas';
import type { RealProvider } from './real-plan';
import { applyFolder, smallProviders, typesIn } from './stand-in';
import { TERRAFORM } from './with-terraform';

export interface Difference {
  /** `aws_lambda_function.environment.0.variables`. */
  readonly attribute: string;
  readonly address: string;
  readonly real: unknown;
  readonly standIn: unknown;
}

export interface Comparison {
  /** How many attributes the real plan knows. */
  readonly known: number;
  readonly differences: readonly Difference[];
}

const REQUIREMENT = { terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } } };

/** Local state, whatever backend the configuration has. */
const OVERRIDE = { terraform: { backend: { local: {} } } };

/**
 * @param project folder of the project, which this function copies
 * @param root the folder in the project where Terraform runs
 * @throws Error with the output of Terraform when a run fails
 */
export async function compareWithRealProvider(
  project: string,
  root: string,
  provider: RealProvider,
): Promise<Comparison> {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'comparison-'));
  try {
    cpSync(project, copy, { recursive: true });
    const folder = path.join(copy, root);
    writeFileSync(path.join(folder, 'zz_override.tf.json'), JSON.stringify(OVERRIDE));
    const { instances, failed, output, account } = await applyFolder(folder);
    // A provisioner may fail after its resource.
    if (failed && instances.size === 0) throw new Error(output);
    const planned = await smallProviders(folder, (reattach) =>
      provider.plan(folder, typesIn(folder), account, reattach),
    );
    let known = 0;
    const differences: Difference[] = [];
    for (const { address, type, after, unknown } of planned) {
      if (!type.startsWith('aws_')) continue;
      compareValues(after, unknown, instances.get(address)?.values ?? {}, [type], (attribute, real, standIn) => {
        known++;
        if (!isEqual(real, standIn)) differences.push({ attribute, address, real, standIn });
      });
    }
    return { known, differences };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

type Visit = (attribute: string, real: unknown, standIn: unknown) => void;

/** Visits each known primitive value of the real plan. */
function compareValues(
  real: unknown,
  unknown: unknown,
  standIn: unknown,
  place: readonly string[],
  visit: Visit,
): void {
  if (unknown === true) return;
  // An object of unknown attributes only.
  if (isDeepStrictEqual(real, {}) && typeof unknown === 'object' && Object.keys(unknown ?? {}).length > 0) return;
  if (real !== null && typeof real === 'object' && Object.keys(real).length > 0) {
    for (const name of Object.keys(real)) {
      compareValues(part(real, name), part(unknown, name), part(standIn, name), [...place, name], visit);
    }
    return;
  }
  visit(place.join('.'), real, standIn ?? null);
}

/** The provider formats JSON texts anew, so they are compared as JSON. It takes empty lists and maps as absent. */
function isEqual(real: unknown, standIn: unknown): boolean {
  if (real === null && typeof standIn === 'object') return Object.keys(standIn ?? {}).length === 0;
  return isDeepStrictEqual(parsed(real), parsed(standIn));
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function part(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

/** @returns the program of the real provider, or the reason why Terraform cannot get the provider */
export function findRealProvider(): { readonly program: string } | { readonly reason: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'provider-'));
  try {
    writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(REQUIREMENT));
    const { error, status, stderr } = spawnSync(TERRAFORM, ['init', '-no-color'], { cwd: folder, encoding: 'utf8' });
    if (error !== undefined) return { reason: 'there is no terraform on the PATH' };
    const installed = findInstalledProvider(path.join(folder, '.terraform/providers'), 'hashicorp/aws');
    if (status !== 0 || installed === undefined)
      return { reason: `terraform cannot get the AWS provider: ${stderr.trim()}` };
    return { program: realpathSync(installed.program) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
