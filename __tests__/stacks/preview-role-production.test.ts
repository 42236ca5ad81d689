/** What the preview role can do to production with `SHARED_ACCOUNT`, as docs/deploy.md says, and what only looks similar. */
import type { Call } from '../support/iam/call';
import { principalOf } from '../support/iam/state-policies';
import { ACCOUNT, REGION } from '../support/iam/terraform-policies';
import { SETTINGS } from '../support/pipeline-statements';
import { synthState } from '../support/synth';

const role = principalOf(synthState({ ...SETTINGS, previews: 'SHARED_ACCOUNT' }), 'preview');
const decide = (action: string, resource: string, context: Call['context'] = {}) =>
  role.decide({ action, resource, context });

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
const api = (path: string) => `arn:aws:apigateway:${REGION}::${path}`;
const tags = (source: 'ResourceTag' | 'RequestTag', environment: string) => ({
  [`aws:${source}/environment`]: environment,
  [`aws:${source}/namePrefix`]: 'acme',
});

type Row = readonly [name: string, action: string, resource: string, context?: Call['context']];

/** docs/deploy.md, "What a pull request can do to production", names each of these calls. */
const KNOWN_GAPS: readonly Row[] = [
  ['redirects a production HTTP API', 'apigateway:PATCH', api('/apis/abc123/integrations/x')],
  ['turns off the auth of a route in production', 'apigateway:PATCH', api('/apis/abc123/routes/x')],
  ['makes an API key', 'apigateway:POST', api('/apikeys'), tags('RequestTag', 'pr-7')],
  ['makes a usage plan, also for a production API', 'apigateway:POST', api('/usageplans'), tags('RequestTag', 'pr-7')],
  ['makes a stage of a production HTTP API', 'apigateway:POST', api('/apis/abc123/stages'), tags('RequestTag', 'pr-7')],
];

test.each(KNOWN_GAPS.map(([name, ...call]) => [name, call] as const))(
  'is allowed, which SHARED_ACCOUNT accepts: %s',
  (_name, [action, resource, context]) => {
    expect(decide(action, resource, context)).toBe('allowed');
  },
);

const DENIED: readonly Row[] = [
  [
    'removes the throttle of a route in production',
    'apigateway:DELETE',
    api('/apis/abc123/stages/$default/routesettings/GET%20%2Fitems'),
    tags('ResourceTag', 'default'),
  ],
  ['creates a topic', 'sns:CreateTopic', arn('sns', 'acme-items-pr-7-alarms')],
  ['deletes the access log of production', 'logs:DeleteLogDelivery', '*'],
  ['overwrites the policies of log groups', 'logs:PutResourcePolicy', '*'],
  [
    'reserves the concurrency that production shares',
    'lambda:PutFunctionConcurrency',
    arn('lambda', 'function:acme-items-pr-7-function'),
  ],
  ['invokes routes with the auth iam', 'execute-api:Invoke', arn('execute-api', 'abc123/prod/GET/items')],
];

test.each(DENIED.map(([name, ...call]) => [name, call] as const))(
  'is denied: %s',
  (_name, [action, resource, context]) => {
    expect(decide(action, resource, context)).not.toBe('allowed');
  },
);
