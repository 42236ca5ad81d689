/** Reads the references of resources. Follows them through `each`, inputs of modules and outputs of modules. */
import { configurationAddress, type Plan } from '../model/plan';
import { unique, type Value } from '../model/value';
import { referencesIn } from './expressions';
import { calledScope, type Scope, scopesOf } from './modules';
import type { RawPlan } from './raw-plan';

/**
 * Reads the references of each resource, by address and attribute. Resolves a reference to a variable, to `each` or to a
 * module's output: the list also contains the references behind it. A reference to a local stays unresolved, because a plan
 * does not contain the expressions of locals.
 */
export function readReferences(plan: RawPlan): Plan['references'] {
  const follow = referenceFollower();
  const resources = scopesOf(plan).flatMap((scope) =>
    (scope.module.resources ?? []).map((resource) => {
      const { address, expressions = {}, for_each_expression: forEach } = resource;
      const names = Object.entries(expressions).map(([name, expression]) => {
        const sources = withForEach(referencesIn(expression), forEach);
        return [name, unique(sources.flatMap((source) => follow(source, scope)))] as const;
      });
      return [`${scope.prefix}${address}`, Object.fromEntries(names)] as const;
    }),
  );
  return Object.fromEntries(resources);
}

/** @returns a function that lists a reference with its module's prefix, and all references behind it */
function referenceFollower(): (reference: string, scope: Scope) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return function follow(reference: string, scope: Scope): readonly string[] {
    const whole = `${scope.prefix}${reference}`;
    const found = known.get(whole);
    if (found) return found;
    // Ends a cycle, which only a damaged plan has.
    known.set(whole, [whole]);
    const result = unique([whole, ...sourcesOf(reference, scope).flatMap(([source, at]) => follow(source, at))]);
    known.set(whole, result);
    return result;
  };
}

/** The references behind a variable or behind an output of a module, each with its module. */
function sourcesOf(reference: string, scope: Scope): (readonly [source: string, scope: Scope])[] {
  const [first, name = '', output = ''] = configurationAddress(reference).split('.');
  if (first === 'var' && scope.caller) {
    const { scope: calling, inputs, forEach } = scope.caller;
    return withForEach(referencesIn(memberOf(inputs, name)), forEach).map((source) => [source, calling]);
  }
  if (first !== 'module') return [];
  const called = calledScope(scope, name);
  return referencesIn(memberOf(called.module.outputs, output)?.expression).map((source) => [source, called]);
}

/** The references of an expression. `each.value` stands for the references of `for_each`. */
function withForEach(references: readonly string[], forEach: Value | undefined): readonly string[] {
  const usesEach = references.some((reference) => reference.startsWith('each.'));
  return usesEach ? [...references, ...referencesIn(forEach)] : references;
}

function memberOf<Member>(members: Readonly<Record<string, Member>> | undefined, name: string): Member | undefined {
  return members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
}
