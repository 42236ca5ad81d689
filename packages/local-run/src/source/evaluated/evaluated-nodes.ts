/** Converts evaluated resources to nodes: the used attributes, and the attributes that the local run does not simulate. */
import path from 'node:path';
import { isObject } from '../../services/is-object';
import { unsupportedValues, usedAttributes } from '../terraform-json/attribute-rules';
import { isInertType } from '../terraform-json/inert-types';
import { newNode, type Node } from '../terraform-json/node';
import type { Attributes } from '../terraform-json/resource';
import { RESOURCE_TYPES } from '../terraform-json/resource-types';
import type { ResourceType } from '../terraform-json/simulated-type';
import type { EvaluatedResource } from '../terraform/evaluated-resource';
import type { ReplaceUrls } from './local-urls';

/** Data sources whose values Terraform and its stand-ins compute as AWS does. */
export const COMPUTED_DATA_SOURCES = [
  ...['aws_arn', 'aws_availability_zones', 'aws_caller_identity', 'aws_default_tags', 'aws_iam_policy_document'],
  // An ARN that AWS does not know is a cause where a role has the policy.
  'aws_iam_policy',
  ...['aws_partition', 'aws_region', 'aws_regions', 'aws_service', 'aws_service_principal'],
];

/** Data sources with values that only AWS knows, such as the value of a parameter. Their types are inert as resources. */
export const ACCOUNT_VALUES = /^aws_(appconfig_|kms_(ciphertext|secrets)|s3_|secretsmanager_|ssm_)/;

function isComputed(type: string): boolean {
  return COMPUTED_DATA_SOURCES.includes(type) || (isInertType(type) && !ACCOUNT_VALUES.test(type));
}

/** What the nodes of a configuration have in common. */
export interface NodeOptions {
  readonly replaceUrls: ReplaceUrls;
  /** Returns the path of the file that contains a file of the configuration. */
  readonly fileAt: (name: string) => string;
}

/** Attributes with the path of a file, by resource type. */
const FILES: Readonly<Record<string, string>> = {
  aws_lambda_function: 'filename',
  aws_lambda_layer_version: 'filename',
  aws_s3_bucket_object: 'source',
  aws_s3_object: 'source',
};

/** The type of a resource, or `data.` and the type of a data source. */
export function typeOfResource({ mode, type }: EvaluatedResource): string {
  return mode === 'data' ? `data.${type}` : type;
}

/** @returns undefined for a data source that reads its values from AWS */
export function nodeOf(resource: EvaluatedResource, { replaceUrls, fileAt }: NodeOptions): Node | undefined {
  const { address, mode, type, configured, values } = resource;
  const simulatedType = mode === 'managed' && Object.hasOwn(RESOURCE_TYPES, type) ? RESOURCE_TYPES[type] : undefined;
  if (mode === 'data' && isComputed(type)) return undefined;
  const node = newNode(address, typeOfResource(resource), simulatedType !== undefined);
  if (!simulatedType) {
    node.attributes = values;
    if (mode === 'data' || !isInertType(type))
      node.causes.push({ address, supported: 'a text in place of each reference to it' });
    return node;
  }
  const { attributes: rules, check } = simulatedType;
  const used = replaceUrls(
    usedAttributes(address, setAttributes(configured), rules, (fault) => node.causes.push(fault)),
  ) as Attributes;
  node.causes.push(...unsupportedValues(address, used, rules));
  const file = FILES[type] ?? '';
  const name = used[file];
  node.configured = used;
  node.attributes = {
    ...(replaceUrls(computedValues(values, simulatedType)) as Attributes),
    ...used,
    ...(typeof name === 'string' && { [file]: fileAt(name) }),
  };
  if (node.causes.length === 0) node.causes.push(...(check?.(address, node.attributes) ?? []));
  return node;
}

/**
 * Leaves out empty texts and maps: the provider sends them like missing attributes. An empty identity source differs from none,
 * which means the header Authorization.
 */
function setAttributes(configured: Attributes): Attributes {
  const isSet = ([name, value]: [string, unknown]) =>
    value === '' ? name === 'identity_source' : !(isObject(value) && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(configured).filter(isSet));
}

/**
 * The texts, numbers and switches that AWS adds. Blocks count only if the configuration sets them: a block of defaults, such as
 * the settings of a stage, can mean something else than no block.
 */
function computedValues(values: Attributes, { attributes: rules }: ResourceType): Attributes {
  const isSimple = ([name, value]: [string, unknown]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : true;
    return (rule === true || Array.isArray(rule)) && typeof value !== 'object' && value !== undefined && value !== '';
  };
  return Object.fromEntries(Object.entries(values).filter(isSimple));
}

/**
 * @param folder relative paths are relative to this folder
 * @param files the files that stand-ins wrote, by the absolute path that the configuration names
 */
export function fileFinder(folder: string, files: ReadonlyMap<string, string>): NodeOptions['fileAt'] {
  return (name) => {
    const absolute = path.resolve(folder, name);
    return files.get(absolute) ?? absolute;
  };
}
