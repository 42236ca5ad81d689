/**
 * The types of `terraform show -json PLAN`: the parts that this package reads.
 * See https://developer.hashicorp.com/terraform/internals/json-format
 */
import type { Value } from '../model/value';

export interface RawChange {
  readonly actions: readonly string[];
  readonly before?: Value;
  readonly after?: Value;
  readonly after_unknown?: Value;
  readonly before_sensitive?: Value;
  readonly after_sensitive?: Value;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string; readonly identity?: Value };
  readonly generated_config?: string;
  readonly before_identity?: Value;
  readonly after_identity?: Value;
}

export interface RawResource {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly provider_name?: string;
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: RawChange;
}

/** Terraform writes `{"constant_value": x}` or `{"references": [...]}`; a block holds more expressions. */
export type RawExpressions = Readonly<Record<string, Value>>;

export interface RawModule {
  readonly resources?: readonly RawConfiguredResource[];
  readonly module_calls?: Readonly<
    Record<
      string,
      { readonly expressions?: RawExpressions; readonly for_each_expression?: Value; readonly module?: RawModule }
    >
  >;
  readonly variables?: Readonly<Record<string, { readonly default?: Value; readonly sensitive?: boolean }>>;
  readonly outputs?: Readonly<Record<string, { readonly sensitive?: boolean; readonly expression?: Value }>>;
}

export interface RawConfiguredResource {
  readonly address: string;
  readonly mode?: string;
  readonly type?: string;
  readonly provider_config_key?: string;
  readonly expressions?: RawExpressions;
  readonly for_each_expression?: Value;
  readonly provisioners?: readonly { readonly type: string; readonly expressions?: RawExpressions }[];
}

export interface RawProvider {
  readonly full_name?: string;
  readonly module_address?: string;
  readonly expressions?: RawExpressions;
}

export interface RawInvocation {
  readonly address: string;
  readonly type: string;
  readonly provider_name?: string;
  readonly config_values?: Value;
  readonly config_sensitive?: Value;
  readonly config_unknown?: Value;
  readonly lifecycle_action_trigger?: Value;
  readonly invoke_action_trigger?: Value;
  readonly invoke_cmd_action_trigger?: Value;
}

export interface RawCheck {
  readonly address: { readonly to_display: string };
  readonly status: string;
  readonly instances?: readonly {
    readonly address: { readonly to_display: string };
    readonly status: string;
    readonly problems?: readonly { readonly message: string }[];
  }[];
}

export interface RawPlan {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly applyable?: boolean;
  readonly complete?: boolean;
  readonly errored?: boolean;
  readonly resource_changes?: readonly RawResource[];
  readonly resource_drift?: readonly RawResource[];
  readonly relevant_attributes?: readonly {
    readonly resource: string;
    readonly attribute: readonly (string | number)[];
  }[];
  readonly output_changes?: Readonly<Record<string, RawChange>>;
  readonly action_invocations?: readonly RawInvocation[];
  readonly checks?: readonly RawCheck[];
  readonly variables?: Readonly<Record<string, { readonly value?: Value }>>;
  readonly prior_state?: Value;
  readonly deferred_changes?: readonly unknown[];
  readonly deferred_action_invocations?: readonly unknown[];
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, RawProvider>>;
    readonly root_module?: RawModule;
  };
}
