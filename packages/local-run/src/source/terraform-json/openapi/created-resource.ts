/** Makes the resources that API Gateway creates from the body of an API, with what the local run does not simulate of them. */
import type { NotSimulated } from '../../../model/not-simulated';
import { unsupportedValues, usedAttributes } from '../attribute-rules';
import type { Attributes, Resource } from '../resource';
import { RESOURCE_TYPES } from '../resource-types';
import type { Fields } from './document';

export interface CreatedResource {
  readonly type: string;
  /** The part of the document: `GET /pets`. */
  readonly part: string;
  readonly attributes: Attributes;
  /** Extensions of the part that the local run does not know. */
  readonly unknown?: readonly string[];
}

/** @param api the API whose body creates the resource */
export function toResource(api: Resource, { type, part, attributes, unknown = [] }: CreatedResource): Resource {
  const address = `${api.address} (${part})`;
  const rules = RESOURCE_TYPES[type]?.attributes ?? {};
  const causes: NotSimulated[] = unknown.map((name) => ({ address, attribute: name, supported: `no ${name}` }));
  const { id, ...configured } = withoutMissing(attributes);
  const used = usedAttributes(address, configured, rules, (fault) => causes.push(fault));
  causes.push(...unsupportedValues(address, used, rules));
  if (causes.length === 0) causes.push(...(RESOURCE_TYPES[type]?.check?.(address, used) ?? []));
  return { address, type, attributes: { ...used, id }, comment: {}, causes };
}

/** @returns the extensions of API Gateway that are not in a list */
export function unknownExtensions(fields: Fields, known: readonly string[]): string[] {
  return Object.keys(fields).filter((name) => name.startsWith('x-amazon-apigateway-') && !known.includes(name));
}

function withoutMissing(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== ''));
}
