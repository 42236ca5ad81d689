/** The model of a plan: everything that Terraform would do, with its real values. Only the printed text hides a value. */
import type { Hidden } from './hidden';
import type { Attributes, Value } from './value';

/**
 * What Terraform does to a resource. `recreate` creates it anew and leaves the old object in place; `forget` removes it from
 * the state only; `read` reads a data source during the apply; `none` moves or imports it without a change.
 */
export type Action = 'create' | 'change' | 'replace' | 'recreate' | 'delete' | 'forget' | 'read' | 'none';

/** The steps to a value: `['rule', 0, 'days']`. */
export type ValuePath = readonly (string | number)[];

export interface Change {
  /** Terraform's address. For a deposed object, its key follows: `aws_s3_bucket.logs (deposed 1a2b3c4d)`. */
  readonly address: string;
  /** For example `aws_dynamodb_table`; `output` for an output. */
  readonly type: string;
  /** For example `registry.terraform.io/hashicorp/aws`; empty for an output. */
  readonly provider: string;
  /** The key of its provider configuration, such as `aws.west`. Absent when the configuration lacks the resource. */
  readonly providerKey?: string;
  readonly action: Action;
  /** Whether a replacement is created before the old resource is deleted. */
  readonly createFirst: boolean;
  /** Null when the resource does not exist before the apply. */
  readonly before: Value;
  /** Null when the resource does not exist after the apply. UNKNOWN replaces a value that is known only after the apply. */
  readonly after: Value;
  /**
   * The attributes with a value that the plan lacks, each with its references: `role: aws_iam_role.a.id`. The value is known
   * only after the apply, or is write-only.
   */
  readonly unresolved: readonly string[];
  /**
   * The constants of write-only arguments, such as `secret_string_wo`, by path. All of them are sensitive. Terraform sends them
   * to the provider, and stores them neither in the state nor in the values of the plan.
   */
  readonly writeOnly: Attributes;
  /** The sensitive parts of `before` and `after`, by path. */
  readonly hidden: Hidden;
  /** The attributes that become sensitive: Terraform marks them only in `after`. */
  readonly becameHidden: readonly string[];
  /** The attributes that are no longer sensitive: Terraform marks them only in `before`. */
  readonly becameOpen: readonly string[];
  /** The paths that force a replacement, for example `['rule', 0, 'days']`. */
  readonly forcedBy: readonly ValuePath[];
  /** Why Terraform chose the action: its `action_reason`, such as `replace_because_tainted`. */
  readonly reason?: string;
  /** The previous address of a moved resource. */
  readonly movedFrom?: string;
  /** The id or identity by which Terraform found an imported resource. */
  readonly imported?: { readonly id?: string; readonly identity?: Value };
  /** The identity that the provider gives the resource. */
  readonly identity?: { readonly before?: Value; readonly after?: Value };
  /** The configuration that Terraform generates for an imported resource. */
  readonly generatedConfig?: string;
}

/** A provider configuration. The plan contains it only as expressions. */
export interface ProviderConfiguration {
  /** For example `aws`, `aws.west` or `module.a:aws`. */
  readonly key: string;
  /** For example `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** The settings whose value the plan contains. */
  readonly settings: Value;
  readonly hidden: Hidden;
  /** The settings with a value that the plan lacks, each with its references: `region: local.region`. */
  readonly unresolved: readonly string[];
}

/** A provisioner, an ephemeral resource, or a resource or data source that runs a program. */
export interface Program {
  /** The address of its resource in the configuration. */
  readonly address: string;
  /** The position among the provisioners of the resource. */
  readonly index: number;
  /** For example `local-exec`, or `external` for a data source. */
  readonly type: string;
  /** The settings whose value the plan contains. */
  readonly settings: Value;
  /** The settings with a value that the plan lacks, each with its references. */
  readonly unresolved: readonly string[];
}

/** A variable of the root module, or an input of a module. */
export interface Variable {
  /** For example `region`, or `module.a.region`. */
  readonly name: string;
  /** For an input of a module, its expression. */
  readonly value: Value;
  readonly hidden: boolean;
}

/** An action that the apply invokes, such as `action.aws_lambda_invoke.empty`. */
export interface Invocation {
  readonly address: string;
  readonly type: string;
  /** For example `registry.terraform.io/hashicorp/aws`. Absent when the plan does not name the provider. */
  readonly provider?: string;
  readonly settings: Value;
  readonly hidden: Hidden;
  /** When the action is invoked. */
  readonly trigger: Value;
}

export interface FailedCheck {
  readonly address: string;
  readonly status: 'fail' | 'error';
  readonly messages: readonly string[];
}

/**
 * What the plan does to the resource that a change belongs to, such as the role of a policy. `new`: the plan creates it.
 * `existing`: it exists already. After the apply, a replaced parent is `existing` too, because its callers use the replacement.
 * `destroyed`: the plan deletes or replaces it. `unknown`: the plan does not say which resource it is.
 */
export type Parent = 'new' | 'existing' | 'destroyed' | 'unknown';

/** Finds changes without a search through the plan. */
export interface PlanIndex {
  /** The changes by address. */
  readonly byAddress: ReadonlyMap<string, Change>;
  /** The changes by configuration address: all instances of a resource. */
  readonly bySource: ReadonlyMap<string, readonly Change[]>;
  /**
   * Finds the data source that a change refers to, if the apply reads it.
   * @param source configuration address of the data source; the instance must be in the module instance of the change
   * @returns undefined when there is no such instance, or more than one
   */
  readFor(change: Change, source: string): Change | undefined;
  /** The old ids, ARNs and names that become unknown, by configuration address, for example of a resource that is re-created. */
  readonly lostNames: ReadonlyMap<string, readonly string[]>;
  /**
   * The parent of a change. A resource that belongs to no other is its own parent.
   * @param side the parent before or after the apply @default `before` for a removed resource, `after` for all others
   */
  parent(change: Change, side?: 'before' | 'after'): Parent;
}

export interface Plan {
  /** The stack's name. */
  readonly name: string;
  /** Whether the apply only stores `drift` in the state. */
  readonly refreshOnly: boolean;
  /** Managed resources that change, move or are imported. */
  readonly changes: readonly Change[];
  /** Data sources that are read during the apply, because their arguments are not known yet. */
  readonly reads: readonly Change[];
  readonly outputs: readonly Change[];
  /** Changes made outside Terraform that matter to this plan. In a refresh-only plan, all changes that it stores. */
  readonly drift: readonly Change[];
  readonly providers: readonly ProviderConfiguration[];
  /** The provisioners of all resources. They run when a resource is created or destroyed. */
  readonly provisioners: readonly Program[];
  readonly invocations: readonly Invocation[];
  readonly checks: readonly FailedCheck[];
  /** The data sources and other resources that run a program, such as `external`. */
  readonly programs: readonly Program[];
  /** The ephemeral resources that run no program. The plan and the apply open them. Neither the plan nor the state contains their results. */
  readonly ephemerals: readonly Program[];
  readonly variables: readonly Variable[];
  /** The sources of providers that are not HashiCorp's, and that no managed resource of the state uses. */
  readonly newProviders: readonly string[];
  /** The ARNs of the IP sets whose members a web ACL lets in. */
  readonly allowingIpSets: ReadonlySet<string>;
  /** The references in the configuration, by resource address and attribute name. */
  readonly references: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** The ARNs and names of the roles and instance profiles of the stack, before and after the apply. */
  readonly stackRoles: ReadonlySet<Value>;
  /** The documents of the IAM managed policies that exist before the apply, by ARN. */
  readonly managedPolicies: ReadonlyMap<string, Value>;
  /** The accounts that own the resources of the state. */
  readonly ownAccounts: ReadonlySet<string>;
  /** All sensitive texts of the plan, and of its hidden settings. They may also occur at places without a mark. */
  readonly secrets: readonly string[];
  readonly index: PlanIndex;
}

/** Makes the address of a program in a digest and a comparison: `terraform_data.a (local-exec 0)`. */
export function programAddress({ address, index, type }: Program): string {
  return `${address} (${type} ${index})`;
}

/**
 * Returns all variables if the plan lacks a value that may depend on one, and no variables otherwise. Such values are unresolved
 * settings of a provider or a program, and unknown attributes that refer to a variable.
 */
export function settingVariables(plan: Plan): readonly Variable[] {
  const settings = [...plan.providers, ...plan.provisioners, ...plan.programs, ...plan.ephemerals];
  const changes = [...plan.changes, ...plan.reads];
  const hasUnresolved =
    settings.some(({ unresolved }) => unresolved.length > 0) ||
    changes.some(({ unresolved }) => unresolved.some((setting) => /[ .]var\./.test(setting)));
  return hasUnresolved ? plan.variables : [];
}

/** The actions on managed resources, the most dangerous first. */
export const ACTIONS = ['replace', 'delete', 'recreate', 'change', 'create', 'forget'] as const;

const INSTANCE_KEY = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;
const MODULE_INSTANCES = new RegExp(`^(?:module\\.[\\w-]+(?:${INSTANCE_KEY})?\\.)*`);

/** The module instance of an address: `module.a["x"].` of `module.a["x"].aws_s3_bucket.logs[0]`; empty for the root module. */
export function moduleInstance(address: string): string {
  return MODULE_INSTANCES.exec(address)?.[0] ?? '';
}

/**
 * Removes instance keys and the deposed key: `module.a["x"].aws_s3_bucket.logs[0]` becomes `module.a.aws_s3_bucket.logs`. A
 * key in quotes may contain brackets and escaped quotes.
 */
export function configurationAddress(address: string): string {
  return address.replace(/ \(deposed [^)]*\)$/, '').replace(new RegExp(INSTANCE_KEY, 'g'), '');
}
