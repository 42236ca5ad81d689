/** Warns of documents that decide about access and that no rule reads completely: templates, YAML, Cedar, or a file at a URL. */
import { formatPath } from '../model/path';
import type { Change } from '../model/plan';
import { isEmpty, parseJsonText } from '../model/value';
import { changedSettings, isRewritten, isWritten, type Setting } from './settings';
import { type Check, name, rule, text, value } from './warning';

interface UnreadDocument {
  readonly type: RegExp;
  /** Matches the name of the attribute. */
  readonly name: RegExp;
  readonly document: string;
  /** What plan-review would check in a document that it reads. */
  readonly unchecked: string;
  /** Whether the attribute names a document at another place. So does each attribute whose name ends in `_url`. */
  readonly isElsewhere?: true;
}

const OPEN_API: UnreadDocument = {
  type: /^aws_(api_gateway_rest_api|apigatewayv2_api)$/,
  name: /^body$/,
  document: 'an OpenAPI document',
  unchecked: 'which callers it authorizes',
};

const DOCUMENTS: readonly UnreadDocument[] = [
  OPEN_API,
  {
    type: /^aws_cloudformation_(stack|stack_set)$/,
    name: /^(template|policy)_(body|url)$/,
    document: 'a template or policy',
    unchecked: 'its resources and their policies',
  },
  {
    type: /^aws_servicecatalog_(product|provisioning_artifact)$/,
    name: /^template_(url|physical_id)$/,
    document: 'a template',
    unchecked: 'its resources and their policies',
    isElsewhere: true,
  },
  {
    type: /^aws_servicecatalog_provisioned_product$/,
    name: /^(product|provisioning_artifact)_(id|name)$/,
    document: 'a template',
    unchecked: 'its resources and their policies',
    isElsewhere: true,
  },
  {
    type: /^aws_serverlessapplicationrepository_cloudformation_stack$/,
    name: /^(application_id|semantic_version)$/,
    document: 'a template',
    unchecked: 'its resources and their policies',
    isElsewhere: true,
  },
  {
    type: /^aws_cloudcontrolapi_resource$/,
    name: /^desired_state$/,
    document: 'the state of a resource',
    unchecked: 'which permissions it gives',
  },
  {
    type: /^aws_verifiedaccess_(group|endpoint)$/,
    name: /^policy_document$/,
    document: 'a Cedar policy',
    unchecked: 'whom it lets in',
  },
  {
    type: /^aws_verifiedpermissions_policy(_template)?$/,
    name: /^statement$/,
    document: 'a Cedar policy',
    unchecked: 'whom it lets in',
  },
];

export const unreadDocumentsRule = rule('hidden', (change) => {
  if (!isWritten(change)) return [];
  return changedSettings(change).flatMap((setting) => textsOf(setting, change));
});

/** Whether a setting is a document that decides about access. unknown-settings.ts warns if it becomes unknown. */
export function isDocument(setting: Setting, change: Change): boolean {
  return documentOf(setting, change) !== undefined;
}

function documentOf({ name: last }: Setting, { type }: Change): UnreadDocument | undefined {
  return DOCUMENTS.find((candidate) => candidate.type.test(type) && candidate.name.test(last));
}

function textsOf(setting: Setting, change: Change): ReturnType<Check> {
  const { path, after } = setting;
  const found = documentOf(setting, change);
  if (!found || typeof after !== 'string' || isEmpty(after)) return [];
  const isJson = parseJsonText(after) !== undefined;
  // The routes of a new API cause their own warnings.
  if (found === OPEN_API && (isJson || !isRewritten(change))) return [];
  const { document, unchecked, isElsewhere } = found;
  if (isElsewhere || setting.name.endsWith('_url')) {
    return [
      text`uses ${document} that the plan does not contain: ${value(after, path)}. plan-review cannot check ${unchecked}`,
    ];
  }
  const start = text`has ${document} in ${name(formatPath(path))}`;
  return isJson
    ? [text`${start}: plan-review checks only the policies in it. Review the document`]
    : [text`${start} that is not JSON: plan-review cannot check ${unchecked}`];
}
