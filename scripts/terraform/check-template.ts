/**
 * Checks a `cdk.tf.json` that code of a pull request synthesized, before a job with AWS credentials plans it. A plan runs
 * programs (the data source `external`, other providers) and reads files, states and secrets, if the configuration says so.
 * Therefore the check refuses everything that is not known to be harmless.
 */
import { isDeepStrictEqual } from 'node:util';
import { printable, short } from './printable';
import { templateFaults } from './template-text';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The values that trusted code expects in a stack. */
export interface TrustedTarget {
  readonly region: string;
  /** Version of the AWS provider. */
  readonly providerVersion: string;
  /** Content of `terraform.backend`, which names the stack's state. */
  readonly backend: JsonObject;
}

export interface CheckedTemplate {
  /** The template without CDKTF's comments (keys `//`). Every part of it was checked. */
  readonly template: JsonObject;
  /** Forbidden parts, each with its place. With any fault, no stack may be planned. */
  readonly faults: readonly string[];
  /** Differences from the trusted target: the stack would have another state, region or provider after the merge. */
  readonly moves: readonly string[];
}

/** Data sources that only calculate, or return facts about the account that each plan shows. */
const DATA_SOURCES = ['aws_caller_identity', 'aws_iam_policy_document', 'aws_partition', 'aws_region'];
/** Arguments that run programs, or choose another provider. */
const FORBIDDEN_ARGUMENTS = ['connection', 'provider', 'provisioner'];
/** Conditions of a resource. A failed condition prints its message. With a condition for each character, a plan could print a secret of the state. */
const CONDITIONS = ['postcondition', 'precondition'];
/** References to a resource or data source. A variable must contain none, because its validation is a condition too. */
const RESOURCE_REFERENCE = /\b(aws_\w+|data)\s*[.[]/;
const TEMPLATE = /[$%]\{/;
const OUTPUT_ARGUMENTS = ['depends_on', 'description', 'sensitive', 'value'];
const VARIABLE_ARGUMENTS = ['default', 'description', 'nullable', 'sensitive', 'type', 'validation'];
const PROVIDER_SOURCES = ['aws', 'hashicorp/aws', 'registry.terraform.io/hashicorp/aws'];
const SECTIONS = ['//', 'data', 'output', 'provider', 'removed', 'resource', 'terraform', 'variable'];
/**
 * Resources that a stack may forget: the functions' permissions of deployments without aliases (constructs/invoke-permissions.ts), and the
 * key that `kmsKey: CREATE` made (stacks/encryption.ts).
 */
const FORGOTTEN = /^(aws_lambda_permission\.[A-Za-z_][\w-]{0,254}|aws_kms_key\.data)$/;
const NAME = /^[A-Za-z_][\w-]{0,254}$/;
/** Maximum depth of a value. It also bounds the recursion of this check. */
const MAX_DEPTH = 60;

/** Checks a stack's template. All faults are reported together. */
export function checkTemplate(stack: string, json: unknown, target: TrustedTarget): CheckedTemplate {
  const check = new TemplateCheck(stack, target);
  const template = check.run(json as Json);
  return { template, faults: check.faults, moves: check.moves };
}

class TemplateCheck {
  readonly faults: string[] = [];
  readonly moves: string[] = [];

  constructor(
    private readonly stack: string,
    private readonly target: TrustedTarget,
  ) {}

  run(json: Json): JsonObject {
    if (!this.requireBlock(json, 'the template')) return {};
    this.refuseUnknownKeys(json, SECTIONS, 'the template');
    const { '//': _, ...template } = json;
    this.checkTerraform(template['terraform']);
    this.checkProvider(template['provider']);
    const sections = {
      resource: this.checkInstances(template['resource'], 'resource', (type) => /^aws_[a-z0-9_]+$/.test(type), 'aws_*'),
      data: this.checkInstances(
        template['data'],
        'data',
        (type) => DATA_SOURCES.includes(type),
        DATA_SOURCES.join(', '),
      ),
    };
    this.checkRemoved(template['removed'] ?? []);
    this.checkNamedBlocks(template['output'], 'output', OUTPUT_ARGUMENTS);
    this.checkNamedBlocks(template['variable'], 'variable', VARIABLE_ARGUMENTS);
    return { ...template, ...sections };
  }

  private checkTerraform(json: Json | undefined): void {
    if (!this.requireBlock(json, 'terraform')) return;
    this.refuseUnknownKeys(json, ['backend', 'required_providers'], 'terraform');
    const { backend = {}, required_providers: providers = {} } = json;
    this.compareWithTarget('terraform.backend', backend, this.target.backend);
    if (!this.requireBlock(providers, 'terraform.required_providers')) return;
    this.refuseUnknownKeys(providers, ['aws'], 'terraform.required_providers');
    const { aws } = providers;
    if (!this.requireBlock(aws, 'terraform.required_providers.aws')) return;
    this.refuseUnknownKeys(aws, ['source', 'version'], 'terraform.required_providers.aws');
    const { source = null, version = null } = aws;
    if (typeof source !== 'string' || !PROVIDER_SOURCES.includes(source))
      this.refuse('terraform.required_providers.aws.source', `is ${short(source)}. Require hashicorp/aws`);
    this.compareWithTarget('terraform.required_providers.aws.version', version, this.target.providerVersion);
  }

  /** Accepts one provider block with a region and tags. Other arguments could name endpoints, roles, or files with programs. */
  private checkProvider(json: Json | undefined): void {
    if (!this.requireBlock(json, 'provider')) return;
    this.refuseUnknownKeys(json, ['aws'], 'provider');
    const [aws, ...others] = Array.isArray(json['aws']) ? (json['aws'] as readonly Json[]) : [];
    if (others.length > 0) this.refuse('provider.aws', `has ${others.length + 1} configurations. Keep one`);
    if (!this.requireBlock(aws, 'provider.aws')) return;
    this.refuseUnknownKeys(aws, ['default_tags', 'region'], 'provider.aws');
    const { region = null, default_tags: tags = [] } = aws;
    this.compareWithTarget('provider.aws.region', region, this.target.region);
    const [first, ...more] = Array.isArray(tags) ? (tags as readonly Json[]) : [tags];
    if (first === undefined) return;
    const plain = isObject(first) && isDeepStrictEqual(Object.keys(first), ['tags']) && isObject(first['tags']);
    if (
      !plain ||
      more.length > 0 ||
      !Object.entries(first['tags'] as JsonObject)
        .flat()
        .every(isPlainText)
    )
      this.refuse('provider.aws.default_tags', `is ${short(tags)}. Write one block with tags that are plain texts`);
  }

  /** Checks resources or data sources. @returns them without comments */
  private checkInstances(
    json: Json | undefined,
    section: string,
    isKnown: (type: string) => boolean,
    known: string,
  ): JsonObject {
    if (json === undefined || !this.requireBlock(json, section)) return {};
    const types = Object.entries(json).map(([type, named]): [string, JsonObject] => {
      const place = `${section}.${type}`;
      if (!isKnown(type)) this.refuse(place, `is not allowed. Allowed are ${known}`);
      if (!this.requireBlock(named, place)) return [type, {}];
      const instances = Object.entries(named).map(([name, body]): [string, JsonObject] => [
        name,
        this.checkInstance(body, `${place}.${name}`, name),
      ]);
      return [type, Object.fromEntries(instances)];
    });
    return Object.fromEntries(types);
  }

  private checkInstance(json: Json, place: string, name: string): JsonObject {
    if (!NAME.test(name)) this.refuse(place, 'has an invalid name');
    if (!this.requireBlock(json, place)) return {};
    const { '//': _, ...body } = json;
    for (const argument of FORBIDDEN_ARGUMENTS) {
      if (argument in body) this.refuse(`${place}.${argument}`, 'is not allowed. Remove it');
    }
    const { lifecycle = {}, ...others } = body;
    // Terraform also reads a list of blocks. CDKTF writes an object.
    if (!this.requireBlock(lifecycle, `${place}.lifecycle`)) return body;
    const conditions = CONDITIONS.filter((key) => key in lifecycle);
    for (const key of conditions) this.refuse(`${place}.lifecycle.${key}`, 'is not allowed. Remove it');
    this.checkTexts(conditions.length > 0 ? others : body, place);
    return body;
  }

  /** Accepts blocks that make Terraform forget a permission or the key. Other blocks could destroy a resource or run a provisioner. */
  private checkRemoved(json: Json): void {
    const blocks = Array.isArray(json) ? (json as readonly Json[]) : [json];
    blocks.forEach((block, index) => {
      const from = isObject(block) ? block['from'] : undefined;
      const accepted = { from, lifecycle: { destroy: false } };
      if (typeof from === 'string' && FORGOTTEN.test(from) && isDeepStrictEqual(block, accepted)) return;
      this.refuse(
        `removed[${index}]`,
        `is ${short(block)}. Only permissions and the key can be removed: { "from": "aws_lambda_permission.NAME", "lifecycle": { "destroy": false } }`,
      );
    });
  }

  private checkNamedBlocks(json: Json | undefined, section: string, known: readonly string[]): void {
    if (json === undefined || !this.requireBlock(json, section)) return;
    for (const [name, body] of Object.entries(json)) {
      const place = `${section}.${name}`;
      if (!NAME.test(name)) this.refuse(place, 'has an invalid name');
      if (!this.requireBlock(body, place)) continue;
      this.refuseUnknownKeys(body, known, place);
      this.checkTexts(body, place);
    }
  }

  /** Checks all texts and keys: Terraform evaluates templates in both. */
  private checkTexts(json: Json, place: string, depth = 0): void {
    if (depth > MAX_DEPTH) this.refuse(place, `is deeper than ${MAX_DEPTH} levels`);
    else if (typeof json === 'string') this.checkText(json, place);
    else if (Array.isArray(json))
      json.forEach((member: Json, index) => this.checkTexts(member, `${place}[${index}]`, depth + 1));
    else if (isObject(json)) {
      for (const [key, value] of Object.entries(json)) {
        this.checkText(key, place);
        this.checkTexts(value, `${place}.${key}`, depth + 1);
      }
    }
  }

  private checkText(text: string, place: string): void {
    const faults = templateFaults(text);
    if (faults.length > 0)
      this.refuse(
        place,
        `${faults.join(', ')}: ${short(text)}. A plan would evaluate this text; remove it from the stack`,
      );
    else if (place.startsWith('variable.') && TEMPLATE.test(text) && RESOURCE_REFERENCE.test(text))
      this.refuse(place, 'refers to a resource. Refer only to variables');
  }

  /** Refuses values that are not objects, also arrays of objects: CDKTF writes none, and Terraform would merge their members. */
  private requireBlock(json: Json | undefined, place: string): json is JsonObject {
    if (isObject(json)) return true;
    this.refuse(place, `is ${json === undefined ? 'missing' : short(json)}. Write an object`);
    return false;
  }

  private refuseUnknownKeys(json: JsonObject, keys: readonly string[], place: string): void {
    for (const key of Object.keys(json)) {
      if (!keys.includes(key)) this.refuse(place, `has the unknown key ${short(key)}. Allowed are ${keys.join(', ')}`);
    }
  }

  private compareWithTarget(place: string, value: Json, trusted: Json): void {
    if (isDeepStrictEqual(value, trusted)) return;
    this.moves.push(`${this.stack}: ${place} is ${short(value)}, but ${short(trusted)} on the base branch`);
  }

  private refuse(place: string, problem: string): void {
    this.faults.push(`${this.stack}: ${printable(place)} ${problem}.`);
  }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isPlainText(json: Json): boolean {
  return typeof json === 'string' && !TEMPLATE.test(json);
}
