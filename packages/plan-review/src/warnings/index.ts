/** Finds all warnings about a plan. To add a kind of check, write a rule and list it in RULES. */
import type { Plan } from '../model/plan';
import { policiesRule } from './access-policies';
import { authorizersRule } from './authorizers';
import { callersRule } from './callers';
import { corsRule } from './cors';
import { dataLossRule } from './data-loss';
import { detachedPoliciesRule } from './detached-policies';
import { foreignAccountsRule } from './foreign-accounts';
import { hiddenPoliciesRule } from './hidden-policies';
import { hiddenValuesRule, writeOnlyRule } from './hidden-values';
import { identitiesRule } from './identities';
import { imageLifecycleRule } from './image-lifecycle';
import { invokeRule } from './invoke';
import { internetRoutesRule } from './internet-routes';
import { ipSetsRule } from './ip-sets';
import { managedRunsRule } from './managed-runs';
import { openApiIntegrationsRule } from './openapi-integrations';
import { policyLanguagesRule } from './policy-languages';
import { preflightRule } from './preflight';
import { lifecycleRule } from './lifecycle';
import { managedPoliciesRule } from './managed-policies';
import { networkRule } from './network';
import { newSwitchesRule } from './new-switches';
import { openApiSecurityRule } from './openapi-security';
import { openedSettingsRule } from './opened-settings';
import { openSearchRule } from './opensearch';
import { outsideAddressesRule } from './outside-addresses';
import { programWarnings } from './programs';
import { protectionRule } from './protection';
import { providerWarnings } from './providers';
import { publicAccessRule } from './public-access';
import { removedPoliciesRule } from './removed-policies';
import { recoveryRule, retentionRule } from './retention';
import { roleLimitsRule } from './role-limits';
import { routesRule } from './routes';
import { tablesRule } from './tables';
import { throttlesRule } from './throttles';
import { unknownSettingsRule } from './unknown-settings';
import { unreadDocumentsRule } from './unread-documents';
import { webAclRule } from './web-acl';
import type { Rule, Warning } from './warning';

const RULES: readonly Rule[] = [
  ...[dataLossRule, retentionRule, lifecycleRule, imageLifecycleRule, tablesRule],
  ...[protectionRule, newSwitchesRule, recoveryRule],
  ...[
    policiesRule,
    openSearchRule,
    removedPoliciesRule,
    managedPoliciesRule,
    detachedPoliciesRule,
    publicAccessRule,
    invokeRule,
    identitiesRule,
    roleLimitsRule,
    foreignAccountsRule,
    outsideAddressesRule,
    networkRule,
    internetRoutesRule,
  ],
  ...[routesRule, preflightRule, openedSettingsRule, authorizersRule, openApiSecurityRule, openApiIntegrationsRule],
  ...[corsRule, throttlesRule, webAclRule, ipSetsRule, managedRunsRule],
  ...[callersRule, hiddenPoliciesRule, hiddenValuesRule, writeOnlyRule, unknownSettingsRule],
  ...[unreadDocumentsRule, policyLanguagesRule],
];

const warningsByPlan = new WeakMap<Plan, readonly Warning[]>();

/** Returns the warnings about providers and programs, then those about changes, in the order of the plan. */
export function warningsOf(plan: Plan): readonly Warning[] {
  const known = warningsByPlan.get(plan);
  if (known) return known;
  const warnings = [
    ...providerWarnings(plan),
    ...programWarnings(plan),
    ...plan.changes.flatMap((change) => RULES.flatMap((rule) => rule(change, plan))),
  ];
  warningsByPlan.set(plan, warnings);
  return warnings;
}
