/** Plans for tests: the real ones of fixtures/, and small ones with one change. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Plan, planOf } from '../src';
import type { RawChange, RawPlan, RawResource } from '../src/schema';

export const FIXTURES = path.join(__dirname, 'fixtures');

/** Such as `create-items`. */
export const names = readdirSync(FIXTURES).map((file) => path.parse(file).name);

export function rawFixture(name: string): RawPlan {
  return JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')) as RawPlan;
}

/** A plan of fixtures/, of the stack that its name ends with. */
export function fixture(name: string): Plan {
  return planOf(rawFixture(name), `${name}.json`, /[^-]+$/.exec(name)?.[0] ?? name);
}

export function rawPlan(...resources: readonly RawResource[]): RawPlan {
  return { format_version: '1.2', complete: true, errored: false, resource_changes: resources };
}

export function resource(type: string, change: RawChange, name = 'a'): RawResource {
  return { address: `${type}.${name}`, mode: 'managed', type, change };
}

/** The plan of changes from one value to another; null is what is not there. */
export function planWith(...changes: readonly (readonly [type: string, before: unknown, after: unknown])[]): Plan {
  const resources = changes.map(([type, before, after], index) => {
    const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update'];
    return resource(type, { actions, before, after } as RawChange, `r${index}`);
  });
  return planOf(rawPlan(...resources), 'plan.json', 'stack');
}
