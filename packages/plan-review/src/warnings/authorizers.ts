/** Warns of authorizers and identity providers that accept other or more tokens. */
import type { Change, Plan } from '../model/plan';
import { isEmpty, isSame, UNKNOWN } from '../model/value';
import { getsNewName } from './references';
import { changedSettings, hasUnknown, isRewritten, type Setting } from './settings';
import { type Check, join, name, rule, text, value, values } from './warning';
import { membersAt, membersOf } from './lists';

/** Resources that check who a caller is. */
const AUTHORIZERS =
  /^aws_(apigatewayv2_authorizer|api_gateway_authorizer|appsync_graphql_api|a?lb_listener(_rule)?|iam_(openid_connect|saml)_provider|cognito_(user_pool_client|identity_pool))$/;
/** Lists whose members are alternatives: one more member lets in more callers. */
const ACCEPTED =
  /^(audience|client_id_list|provider_arns|thumbprint_list|saml_provider_arns|openid_connect_provider_arns|callback_urls|logout_urls|allowed_oauth_(flows|scopes)|explicit_auth_flows|supported_identity_providers)$/;
const AUDIENCES = /^(audience|client_id_list)$/;
/** Values that all requests must have: one member less lets in more callers. */
const REQUIRED = /^(identity_sources?|identity_validation_expression)$/;
/** Values that determine who is trusted. */
const TRUSTED = /^(issuer|authorizer_uri|authorizer_type|url|saml_metadata_document|authorizer_credentials(_arn)?)$/;

export const authorizersRule = rule('access', newAuthorizer, (change, plan) => {
  if (!AUTHORIZERS.test(change.type) || !isRewritten(change)) return [];
  return changedSettings(change).flatMap((setting) => settingTexts(setting, change, plan));
});

/** Whether a setting decides which tokens an authorizer accepts, and `settingTexts` has no warning if it becomes unknown. */
export function isAuthorizerSetting({ name: last, after }: Setting, { type, action }: Change): boolean {
  if (!AUTHORIZERS.test(type)) return false;
  return (
    TRUSTED.test(last) || REQUIRED.test(last) || (ACCEPTED.test(last) && (after === undefined || action !== 'change'))
  );
}

/** A new authorizer of an existing API decides who may call the routes that name it. */
function newAuthorizer(change: Change, plan: Plan): ReturnType<Check> {
  if (!change.type.endsWith('_authorizer') || !AUTHORIZERS.test(change.type)) return [];
  if (change.action !== 'create' || plan.index.parent(change) === 'new') return [];
  const trusted = changedSettings(change)
    .filter((setting) => TRUSTED.test(setting.name) || AUDIENCES.test(setting.name))
    .filter(({ after }) => !isEmpty(after));
  const shown = join(
    trusted.map(({ name: last, path, after }) => text`${name(last)} ${values(membersAt(after, path))}`),
  );
  return [text`is a new authorizer of an existing API${shown.length === 0 ? '' : ': '}${shown}`];
}

function settingTexts(setting: Setting, change: Change, plan: Plan): ReturnType<Check> {
  const { path, before, after } = setting;
  if (isSame(before ?? null, after ?? null)) return [];
  const known = [...membersOf(before), ...(hasUnknown(after) && getsNewName(setting, change, plan) ? [UNKNOWN] : [])];
  const added = membersAt(after, path).filter(({ member }) => !known.includes(member));
  if (ACCEPTED.test(setting.name) && added.length > 0 && !(after === UNKNOWN && change.action !== 'change')) {
    const accepted = AUDIENCES.test(setting.name)
      ? ['tokens for more audiences']
      : text`more values of ${name(setting.name)}`;
    return [text`accepts ${accepted}: ${values(added)}`];
  }
  const removed = membersAt(before, path).filter(({ member }) => !membersOf(after).includes(member));
  if (REQUIRED.test(setting.name) && removed.length > 0 && after !== UNKNOWN) {
    return [text`no longer requires ${name(setting.name)} ${values(removed)}`];
  }
  // unknown-settings.ts warns of a value that is known only after the apply.
  if (!TRUSTED.test(setting.name) || isEmpty(before) || after === UNKNOWN) return [];
  return [text`trusts another ${name(setting.name)}: ${value(after, path)} instead of ${value(before, path)}`];
}
