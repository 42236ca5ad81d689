/**
 * Checks a `cdk.tf.json` that code of a pull request synthesized, before a job with AWS credentials plans it. A plan runs
 * programs (the data source `external`, other providers) and reads files, states and secrets, if the configuration says so.
 * Therefore the check refuses everything that is not known to be harmless.
 */
import { isDeepStrictEqual } from 'node:util';
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
const OUTPUT_ARGUMENTS = ['depends_on', 'description', 'sensitive', 'value'];
const VARIABLE_ARGUMENTS = ['default', 'description', 'nullable', 'sensitive', 'type', 'validation'];
const PROVIDER_SOURCES = ['aws', 'hashicorp/aws', 'registry.terraform.io/hashicorp/aws'];
const SECTIONS = ['//', 'data', 'output', 'provider', 'resource', 'terraform', 'variable'];
const NAME = /^[A-Za-z_][\w-]{0,254}$/;
/** Maximum depth of a value. It also bounds the recursion of this check. */
const MAX_DEPTH = 60;
/** Maximum length of a place or a value in a message. */
const MAX_PRINTED = 250;

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
    if (!this.isBlock(json, 'the template')) return {};
    this.known(json, SECTIONS, 'the template');
    const { '//': _, ...template } = json;
    this.terraform(template['terraform']);
    this.provider(template['provider']);
    const sections = {
      resource: this.instances(template['resource'], 'resource', (type) => /^aws_[a-z0-9_]+$/.test(type), 'aws_*'),
      data: this.instances(template['data'], 'data', (type) => DATA_SOURCES.includes(type), DATA_SOURCES.join(', ')),
    };
    this.named(template['output'], 'output', OUTPUT_ARGUMENTS);
    this.named(template['variable'], 'variable', VARIABLE_ARGUMENTS);
    return { ...template, ...sections };
  }

  private terraform(json: Json | undefined): void {
    if (!this.isBlock(json, 'terraform')) return;
    this.known(json, ['backend', 'required_providers'], 'terraform');
    const { backend = {}, required_providers: providers = {} } = json;
    this.compare('terraform.backend', backend, this.target.backend);
    if (!this.isBlock(providers, 'terraform.required_providers')) return;
    this.known(providers, ['aws'], 'terraform.required_providers');
    const { aws } = providers;
    if (!this.isBlock(aws, 'terraform.required_providers.aws')) return;
    this.known(aws, ['source', 'version'], 'terraform.required_providers.aws');
    const { source = null, version = null } = aws;
    if (typeof source !== 'string' || !PROVIDER_SOURCES.includes(source))
      this.refuse('terraform.required_providers.aws.source', `is ${short(source)}. Require hashicorp/aws`);
    this.compare('terraform.required_providers.aws.version', version, this.target.providerVersion);
  }

  /** Accepts one provider block with a region and tags. Other arguments could name endpoints, roles, or files with programs. */
  private provider(json: Json | undefined): void {
    if (!this.isBlock(json, 'provider')) return;
    this.known(json, ['aws'], 'provider');
    const [aws, ...others] = Array.isArray(json['aws']) ? (json['aws'] as readonly Json[]) : [];
    if (others.length > 0) this.refuse('provider.aws', `has ${others.length + 1} configurations. Keep one`);
    if (!this.isBlock(aws, 'provider.aws')) return;
    this.known(aws, ['default_tags', 'region'], 'provider.aws');
    const { region = null, default_tags: tags = [] } = aws;
    this.compare('provider.aws.region', region, this.target.region);
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
  private instances(
    json: Json | undefined,
    section: string,
    isKnown: (type: string) => boolean,
    known: string,
  ): JsonObject {
    if (json === undefined || !this.isBlock(json, section)) return {};
    const types = Object.entries(json).map(([type, named]): [string, JsonObject] => {
      const place = `${section}.${type}`;
      if (!isKnown(type)) this.refuse(place, `is not allowed. Allowed are ${known}`);
      if (!this.isBlock(named, place)) return [type, {}];
      const instances = Object.entries(named).map(([name, body]): [string, JsonObject] => [
        name,
        this.instance(body, `${place}.${name}`, name),
      ]);
      return [type, Object.fromEntries(instances)];
    });
    return Object.fromEntries(types);
  }

  private instance(json: Json, place: string, name: string): JsonObject {
    if (!NAME.test(name)) this.refuse(place, 'has an invalid name');
    if (!this.isBlock(json, place)) return {};
    const { '//': _, ...body } = json;
    for (const argument of FORBIDDEN_ARGUMENTS) {
      if (argument in body) this.refuse(`${place}.${argument}`, 'is not allowed. Remove it');
    }
    this.texts(body, place);
    return body;
  }

  private named(json: Json | undefined, section: string, known: readonly string[]): void {
    if (json === undefined || !this.isBlock(json, section)) return;
    for (const [name, body] of Object.entries(json)) {
      const place = `${section}.${name}`;
      if (!NAME.test(name)) this.refuse(place, 'has an invalid name');
      if (!this.isBlock(body, place)) continue;
      this.known(body, known, place);
      this.texts(body, place);
    }
  }

  /** Checks all texts and keys: Terraform evaluates templates in both. */
  private texts(json: Json, place: string, depth = 0): void {
    if (depth > MAX_DEPTH) this.refuse(place, `is deeper than ${MAX_DEPTH} levels`);
    else if (typeof json === 'string') this.text(json, place);
    else if (Array.isArray(json))
      json.forEach((member: Json, index) => this.texts(member, `${place}[${index}]`, depth + 1));
    else if (isObject(json)) {
      for (const [key, value] of Object.entries(json)) {
        this.text(key, place);
        this.texts(value, `${place}.${key}`, depth + 1);
      }
    }
  }

  private text(text: string, place: string): void {
    const faults = templateFaults(text);
    if (faults.length > 0)
      this.refuse(place, `${faults.join(', ')}: ${short(text)}. A plan would evaluate it; remove it`);
  }

  /** Refuses values that are not objects, also arrays of objects: CDKTF writes none, and Terraform would merge their members. */
  private isBlock(json: Json | undefined, place: string): json is JsonObject {
    if (isObject(json)) return true;
    this.refuse(place, `is ${json === undefined ? 'missing' : short(json)}. Write an object`);
    return false;
  }

  private known(json: JsonObject, keys: readonly string[], place: string): void {
    for (const key of Object.keys(json)) {
      if (!keys.includes(key)) this.refuse(place, `has the unknown key ${short(key)}. Allowed are ${keys.join(', ')}`);
    }
  }

  private compare(place: string, value: Json, trusted: Json): void {
    if (isDeepStrictEqual(value, trusted)) return;
    this.moves.push(`${this.stack}: ${place} is ${short(value)}, on the base branch ${short(trusted)}`);
  }

  private refuse(place: string, problem: string): void {
    this.faults.push(`${this.stack}: ${printable(place)} ${problem}.`);
  }
}

function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isPlainText(json: Json): boolean {
  return typeof json === 'string' && !/[$%]\{/.test(json);
}

function short(json: Json): string {
  return printable(JSON.stringify(json));
}

/** Escapes a text for one line of a log. A line end could start a workflow command of GitHub's runner (`::error::`). */
function printable(text: string): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`);
  return line.length > MAX_PRINTED ? `${line.slice(0, MAX_PRINTED)}...` : line;
}
