/** Goes through the modules of a configuration. */
import type { Value } from '../model/value';
import type { RawConfiguredResource, RawExpressions, RawModule, RawPlan } from './raw-plan';

/** A module of the configuration, with its caller. */
export interface Scope {
  /** For example `module.a.`; empty for the root module. */
  readonly prefix: string;
  readonly module: RawModule;
  readonly caller?: { readonly scope: Scope; readonly inputs: RawExpressions; readonly forEach: Value | undefined };
}

/** Lists the root module, and the modules in it at any depth. */
export function scopesOf({ configuration }: RawPlan): readonly Scope[] {
  const scopesIn = (scope: Scope): Scope[] => [
    scope,
    ...Object.keys(scope.module.module_calls ?? {}).flatMap((name) => scopesIn(calledScope(scope, name))),
  ];
  return scopesIn({ prefix: '', module: configuration?.root_module ?? {} });
}

/** Returns the module that a module calls by a name. It is empty if there is no such call. */
export function calledScope(scope: Scope, name: string): Scope {
  const calls = scope.module.module_calls ?? {};
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
  return {
    prefix: `${scope.prefix}module.${name}.`,
    module: call?.module ?? {},
    caller: { scope, inputs: call?.expressions ?? {}, forEach: call?.for_each_expression },
  };
}

/** Lists the resources of all modules, with complete addresses: `module.a.aws_s3_bucket.b`. */
export function configuredResources(plan: RawPlan): readonly RawConfiguredResource[] {
  return scopesOf(plan).flatMap(({ prefix, module: { resources = [] } }) =>
    resources.map((resource) => ({ ...resource, address: `${prefix}${resource.address}` })),
  );
}
