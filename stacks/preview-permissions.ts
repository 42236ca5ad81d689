/**
 * Makes the policy of the preview role, which deploys and destroys previews. It has the statements of the deploy role that limit names,
 * with the names, states and boundary of previews. API Gateway has ids, not names, so the tags of its resources decide.
 */
import type { Statement } from '../constructs/policy-statement';
import { deployPermissions, type PipelineScope } from './pipeline-permissions';
import { PREVIEW_ENVIRONMENTS } from './previews';

export interface PreviewScope {
  /** The resources of the pipeline. */
  readonly pipeline: PipelineScope;
  /** ARN of the boundary of the roles in previews. */
  readonly boundaryArn: string;
  /** ARN of the states of all previews. */
  readonly statesArn: string;
  /** Whether the account contains only previews. */
  readonly hasOwnAccount: boolean;
}

/** The start of the names in previews, as a pattern of IAM: `acme-*-pr-`. */
export function previewNamesStart(namePrefix: string): string {
  return `${namePrefix}-*-pr-`;
}

/** The statements of the deploy role that the preview role has too. New statements of the deploy role are not among them. */
export const SHARED_STATEMENTS = [
  ...['Tables', 'TablesKey', 'Functions', 'Roles', 'LogGroups', 'FindLogGroups', 'BoundedRoles'],
  ...['NeverPastTheBoundary', 'GiveRolesToFunctions', 'LetApisInvoke'],
  ...['FindStates', 'WriteStates', 'LockStates', 'StatesKey'],
];

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'].map((method) => `apigateway:${method}`);

/** Makes the statements of the preview role. */
export function previewPermissions({ pipeline, boundaryArn, statesArn, hasOwnAccount }: PreviewScope): Statement[] {
  const scope = { ...pipeline, namesStart: previewNamesStart(pipeline.tag.value), boundaryArn, statesArn };
  return [
    ...deployPermissions(scope)
      .filter(({ sid = '' }) => SHARED_STATEMENTS.includes(sid))
      .map(withoutConcurrency),
    // With the names of the pipeline: a longer prefix, such as `acme-x-pr`, has roles whose names look like those of previews.
    ...deployPermissions(pipeline).filter(({ sid }) => sid === 'PipelineItself'),
    ...apiStatements(scope, hasOwnAccount),
    { sid: 'DeleteStates', actions: ['s3:DeleteObject'], resources: [statesArn] },
  ];
}

/** Removes the actions that reserve concurrency: previews reserve none, and a reservation could take all that production shares. */
function withoutConcurrency(statement: Statement): Statement {
  const { actions = [] } = statement;
  return { ...statement, actions: actions.filter((action) => !action.endsWith('FunctionConcurrency')) };
}

/**
 * Parts of HTTP APIs that Terraform deletes when a push removes `cors`, or the `throttle` of a route. They have no tags, so beside other
 * deployments the role may not delete them: it could remove the CORS and the throttles of production.
 */
const REMOVABLE_PARTS = ['/apis/*/cors', '/apis/*/stages/*/routesettings/*'];

function apiStatements({ arn, tag }: PipelineScope, hasOwnAccount: boolean): Statement[] {
  const paths = (...names: readonly string[]) => names.map((name) => arn('apigateway', name));
  const tagged = (source: 'ResourceTag' | 'RequestTag') => ({
    StringEquals: { [`aws:${source}/${tag.key}`]: [tag.value] },
    StringLike: { [`aws:${source}/environment`]: [PREVIEW_ENVIRONMENTS] },
  });
  return [
    {
      sid: 'PreviewApis',
      actions: METHODS,
      // Not the collections, such as `/apikeys`: GET returns the values of all API keys.
      resources: paths('/apis/*', '/restapis/*', '/apikeys/*', '/usageplans/*'),
      conditions: tagged('ResourceTag'),
    },
    {
      sid: 'CreatePreviewApis',
      actions: ['apigateway:POST'],
      resources: paths('/apis', '/apis/*/stages', '/restapis', '/apikeys', '/usageplans'),
      conditions: tagged('RequestTag'),
    },
    {
      // See `tagStages` in pipeline-permissions.ts. Not `/apis/*/stages/*`: that would allow tags of production's stages.
      sid: 'TagNewPreviewStages',
      actions: ['apigateway:TagResource'],
      resources: paths('/apis/*/stages'),
      conditions: tagged('RequestTag'),
    },
    {
      // When AWS creates a resource with tags, it also checks the ARN of its tags, with a star in place of the id: `apis%2F*`. `?` matches
      // the star, but no id. So the role cannot give the tags to an existing API, which would open that API to the role.
      sid: 'TagNewPreviewApis',
      actions: ['apigateway:POST', 'apigateway:PUT'],
      resources: paths(
        '/tags/*apis%2F?',
        '/tags/*apis%2F*%2Fstages%2F?',
        '/tags/*apikeys%2F?',
        '/tags/*usageplans%2F?',
      ),
      conditions: tagged('RequestTag'),
    },
    {
      // These parts of HTTP APIs have no tags, and do not inherit those of the API (API Gateway developer guide, "API Gateway resources
      // that can be tagged"). So the role can change those of each HTTP API of the account; the host name of its URL contains the id.
      // The paths are exact: `/apis/*/routes*` would also match `/apis/ID/stages/NAME/routesettings/KEY`.
      sid: 'PartsOfHttpApis',
      actions: METHODS,
      resources: paths(
        ...['authorizers', 'integrations', 'routes'].flatMap((part) => [`/apis/*/${part}`, `/apis/*/${part}/*`]),
        ...(hasOwnAccount ? REMOVABLE_PARTS : []),
      ),
    },
  ];
}
