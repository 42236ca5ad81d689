/** Divides the statements of a role into policies that IAM accepts (IAM user guide, "IAM and AWS STS quotas"). */

/** A statement of a role's policy. */
export interface Statement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Allowed values by condition key, compared with `StringEquals`. All conditions must match. @default none */
  readonly conditions?: Readonly<Record<string, readonly string[]>>;
}

/** Maximum characters of all inline policies of a role together, without white space. */
const MAX_INLINE_CHARACTERS = 10_240;

/** Maximum characters of a managed policy, without white space. */
const MAX_MANAGED_CHARACTERS = 6_144;

/** Characters of the frame of a policy, rounded up: `{"Version":"2012-10-17","Statement":[]}`. */
const FRAME_CHARACTERS = 60;

/** Maximum resources of each part of a divided statement. */
const MAX_RESOURCES = 20;

/** A reference. Terraform replaces it with a value later: an account id, a partition, or the ARN of a bucket. */
const REFERENCE = /\$\{TfToken\[[^\]]*\]\}/g;
const REFERENCE_CHARACTERS = 12;
const BUCKET_ARN_CHARACTERS = 80;

export interface PolicyParts {
  readonly inline: readonly Statement[];
  /** The statements that do not fit into the inline policy, divided into managed policies. Usually empty. */
  readonly managed: readonly (readonly Statement[])[];
}

/** Divides statements into policies. All statements stay in the inline policy if they fit. */
export function policyParts(statements: readonly Statement[]): PolicyParts {
  if (charactersOf(statements) <= MAX_INLINE_CHARACTERS) return { inline: statements, managed: [] };
  const parts: Statement[][] = [[]];
  for (const statement of statements.flatMap(divided)) {
    const limit = parts.length === 1 ? MAX_INLINE_CHARACTERS : MAX_MANAGED_CHARACTERS;
    const current = parts.at(-1) ?? [];
    if (charactersOf([...current, statement]) <= limit) current.push(statement);
    else parts.push([statement]);
  }
  const [inline = [], ...managed] = parts;
  return { inline, managed };
}

/** Divides a statement by its resources. IAM refuses a repeated sid, so the parts are `Functions`, `Functions2` and so on. */
function divided(statement: Statement): Statement[] {
  const { sid, resources } = statement;
  const count = Math.ceil(resources.length / MAX_RESOURCES);
  return Array.from({ length: count }, (_, index) => ({
    ...statement,
    sid: index === 0 ? sid : `${sid}${index + 1}`,
    resources: resources.slice(index * MAX_RESOURCES, (index + 1) * MAX_RESOURCES),
  }));
}

/** Estimates the characters of the policy that Terraform sends. The estimate is never too low. */
function charactersOf(statements: readonly Statement[]): number {
  return statements.reduce((sum, statement) => sum + statementCharacters(statement), FRAME_CHARACTERS);
}

function statementCharacters({ sid, actions, resources, conditions = {} }: Statement): number {
  const isOnBucket = actions.some((action) => action.startsWith('s3:'));
  const text = JSON.stringify({ Sid: sid, Effect: 'Allow', Action: actions, Resource: resources });
  const condition =
    Object.keys(conditions).length === 0 ? 0 : JSON.stringify({ Condition: { StringEquals: conditions } }).length;
  const references = text.match(REFERENCE)?.length ?? 0;
  const perReference = isOnBucket ? BUCKET_ARN_CHARACTERS : REFERENCE_CHARACTERS;
  return text.replace(REFERENCE, '').length + references * perReference + condition + 1;
}
