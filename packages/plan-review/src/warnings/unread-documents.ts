/** Warns of documents that decide about access in a form that no rule reads: YAML, Cedar, or a file at a URL. */
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
    type: /^aws_(cloudformation_(stack|stack_set)|serverlessapplicationrepository_cloudformation_stack)$/,
    name: /^(template|policy)_(body|url)$/,
    document: 'a template or policy',
    unchecked: 'its resources and their policies',
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

/** The property of a role or permission set in a template that attaches managed policies. */
const ATTACHMENTS = /"(ManagedPolicyArns|ManagedPolicies)"/;

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
  if (parseJsonText(after) !== undefined) {
    return ATTACHMENTS.test(after)
      ? [text`attaches managed policies to a role in ${name(formatPath(path))}: review the document`]
      : [];
  }
  // The routes of a new API cause their own warnings.
  if (found === OPEN_API && !isRewritten(change)) return [];
  const { document, unchecked } = found;
  if (setting.name.endsWith('_url')) {
    return [
      text`uses ${document} that the plan does not contain: ${value(after, path)}. plan-review cannot check ${unchecked}`,
    ];
  }
  return [text`has ${document} in ${name(formatPath(path))} that is not JSON: plan-review cannot check ${unchecked}`];
}
