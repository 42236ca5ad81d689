/** Lists settings that open a resource to more callers: authorization, endpoints, sign-up and others. */
import { isEmpty, UNKNOWN, type Value } from '../model/value';

type Side = Value | undefined;
type Comparison = (before: Side, after: Side) => boolean;

export interface OpenedSetting {
  /** @default every type */
  readonly type?: RegExp;
  /** Matches the name of the attribute. */
  readonly name: RegExp;
  /** Matches the path without indexes, if the name is not enough. */
  readonly path?: RegExp;
  readonly isOpened: Comparison;
  readonly text: string;
  /** Whether the warning also names the setting. */
  readonly isNamed?: true;
  /** Whether a new resource causes no warning. */
  readonly isOnlyForExisting?: true;
}

const isSwitchedOn: Comparison = (before, after) => before !== true && after === true;
const isSwitchedOff: Comparison = (before, after) => before === true && after !== true && after !== UNKNOWN;
const isRemoved: Comparison = (before, after) => !isEmpty(before) && isEmpty(after);
const isAdded: Comparison = (before, after) => isEmpty(before) && !isEmpty(after);
const isReplaced: Comparison = (before, after) =>
  typeof before === 'string' && before !== '' && typeof after === 'string' && after !== '' && before !== after;
const becomes =
  (open: Value): Comparison =>
  (before, after) =>
    !isEmpty(before) && before !== open && after === open;
const ends =
  (closed: Value): Comparison =>
  (before, after) =>
    before === closed && after !== closed && after !== UNKNOWN;

const UNENCRYPTED = 'accepts requests without encryption';
const NO_CERTIFICATES = 'no longer requires client certificates';
const UNSIGNED = 'lets code run that nobody signed';
const AUTHENTICATION = /^authentication_type$/;

export const OPENED: readonly OpenedSetting[] = [
  {
    name: /^disable_execute_api_endpoint$/,
    isOpened: isSwitchedOff,
    text: 'opens the default endpoint: callers can bypass the custom domain name and its protection',
  },
  { name: /^truststore_uri$/, isOpened: isRemoved, text: NO_CERTIFICATES },
  { name: /^truststore_(uri|version)$/, isOpened: isReplaced, text: 'trusts other client certificates' },
  {
    name: /^(authorization|authorization_type|auth_type|authentication_type)$/,
    isOpened: becomes('NONE'),
    text: 'no longer authorizes callers',
  },
  { name: AUTHENTICATION, isOpened: becomes('API_KEY'), text: 'lets in everyone who has an API key' },
  {
    type: /^aws_appsync_graphql_api$/,
    name: AUTHENTICATION,
    path: /^additional_authentication_provider\./,
    isOpened: isAdded,
    text: 'also lets in callers who authenticate in another way: review the new provider',
    isOnlyForExisting: true,
  },
  { name: /^mode$/, path: /mutual_authentication/, isOpened: ends('verify'), text: NO_CERTIFICATES },
  {
    type: /^aws_a?lb_listener(_rule)?$/,
    name: /^type$/,
    isOpened: (before, after) => isAuthentication(before) && !isAuthentication(after) && after !== UNKNOWN,
    text: 'no longer authenticates callers',
  },
  { name: /^trusted_(key_groups|signers)$/, isOpened: isRemoved, text: 'no longer requires signed URLs or cookies' },
  { name: /^viewer_protocol_policy$/, isOpened: becomes('allow-all'), text: UNENCRYPTED },
  { name: /^(enforce_https|(require|force)_(tls|ssl))$/, isOpened: isSwitchedOff, text: UNENCRYPTED },
  { name: /^client_broker$/, isOpened: ends('TLS'), text: UNENCRYPTED },
  {
    type: /^aws_(elasticache|memorydb)_user$/,
    name: /^access_string$/,
    isOpened: isReplaced,
    text: 'gets other permissions: review the access string',
  },
  { name: /^no_password_required$/, isOpened: isSwitchedOn, text: 'lets in clients without a password' },
  {
    name: /^acceptance_required$/,
    isOpened: isSwitchedOff,
    text: 'accepts every connection from allowed principals',
  },
  { name: /^web_acl_(id|arn)$/, isOpened: isRemoved, text: 'loses its web ACL: no rule filters requests' },
  {
    name: /^allow_unauthenticated_identities$/,
    isOpened: isSwitchedOn,
    text: 'gives credentials to callers without a login',
  },
  {
    name: /^allow_classic_flow$/,
    isOpened: isSwitchedOn,
    text: 'gives users credentials without the limits of the enhanced flow',
  },
  {
    type: /^aws_cognito_identity_pool$/,
    name: /./,
    path: /^supported_login_providers\./,
    isOpened: (before, after) => !isEmpty(after) && before !== after,
    text: 'trusts the logins of another provider',
    isOnlyForExisting: true,
  },
  {
    type: /^aws_cognito_identity_provider$/,
    name: /^(oidc_issuer|\w+_url|jwks_uri|Metadata(URL|File))$/,
    isOpened: isReplaced,
    text: 'trusts the logins of another provider',
  },
  {
    type: /^aws_cognito_user_pool_client$/,
    name: /^generate_secret$/,
    isOpened: isSwitchedOff,
    text: 'lets in clients without a secret',
  },
  {
    type: /^aws_iam_access_key$/,
    name: /^status$/,
    isOpened: (before, after) => before === 'Inactive' && after === 'Active',
    text: 'becomes active: its holder has access again',
  },
  {
    type: /^aws_api_gateway_api_key$/,
    name: /^enabled$/,
    isOpened: (before, after) => before === false && after === true,
    text: 'is enabled: its holder can call the API again',
  },
  {
    type: /^aws_iot_(ca_)?certificate$/,
    name: /^(active|allow_auto_registration)$/,
    isOpened: isSwitchedOn,
    text: 'becomes active: holders of the certificate have access',
    isOnlyForExisting: true,
  },
  { name: /^allow_admin_create_user_only$/, isOpened: isSwitchedOff, text: 'lets everyone sign up' },
  {
    name: /^mfa_configuration$/,
    isOpened: (before, after) =>
      (before === 'ON' && (after === 'OFF' || after === 'OPTIONAL')) || (before === 'OPTIONAL' && after === 'OFF'),
    text: 'no longer requires a second factor from each user',
  },
  {
    type: /^aws_a?lb$/,
    name: /^internal$/,
    isOpened: (before, after) => before === true && after === false,
    text: 'is no longer internal: the internet can reach it',
  },
  { name: /^visibility$/, isOpened: ends('PRIVATE'), text: 'is no longer private: the internet can reach it' },
  {
    type: /^aws_(opensearch|elasticsearch)_domain$/,
    name: /^subnet_ids$/,
    isOpened: isRemoved,
    text: 'leaves its VPC: the internet can reach it',
  },
  {
    name: /^enabled$/,
    path: /^(advanced_security|cognito)_options\.enabled$/,
    isOpened: isSwitchedOff,
    text: 'no longer checks the permissions of users',
  },
  {
    name: /^on_unauthenticated_request$/,
    isOpened: (before, after) => before !== 'allow' && after === 'allow',
    text: 'lets in callers without a login',
  },
  {
    name: /^(unauthenticated|anonymous_auth_enabled)$/,
    isOpened: isSwitchedOn,
    text: 'lets in clients without credentials',
  },
  {
    name: /^(iam_auth|iam_database_authentication_enabled)$/,
    isOpened: (before, after) => isSwitchedOff(before, after) || ends('REQUIRED')(before, after),
    text: 'no longer authenticates clients with IAM',
  },
  { name: /^restriction_type$/, isOpened: becomes('none'), text: 'lets in callers from all countries' },
  {
    type: /^aws_transfer_(user|access)$/,
    name: /^policy$/,
    isOpened: isRemoved,
    text: 'loses the policy that limits its access',
  },
  {
    type: /^aws_transfer_(user|access)$/,
    name: /^(home_directory|target)$/,
    isOpened: isReplaced,
    text: 'gives access to another directory',
    isNamed: true,
  },
  { name: /^untrusted_artifact_on_deployment$/, isOpened: ends('Enforce'), text: UNSIGNED },
  { name: /^code_signing_config_arn$/, isOpened: isRemoved, text: UNSIGNED },
  {
    name: /^http_tokens$/,
    isOpened: ends('required'),
    text: "no longer requires a session for the instance's credentials",
  },
  {
    type: /^aws_ec2_client_vpn_authorization_rule$/,
    name: /^authorize_all_groups$/,
    isOpened: isSwitchedOn,
    text: 'lets in all groups',
  },
  {
    name: /^(auto_accept_shared_attachments|auto_accept_shared_associations)$/,
    isOpened: (before, after) => before !== 'enable' && after === 'enable',
    text: 'accepts every connection from other accounts',
  },
  // Names that state a requirement, such as `require_mfa` and `mfa_required`.
  {
    name: /^(require|enforce)_(?!https$|tls$|ssl$)\w+$|^(?!acceptance_|api_key_|no_)\w+_required$/,
    isOpened: isSwitchedOff,
    text: 'no longer has a requirement',
    isNamed: true,
  },
  {
    type: /^aws_cognito_user_group$/,
    name: /^role_arn$/,
    isOpened: isAdded,
    text: 'gives its members a role',
    isOnlyForExisting: true,
  },
];

/** Whether an action of a listener authenticates callers. */
function isAuthentication(type: Side): boolean {
  return typeof type === 'string' && type.startsWith('authenticate-');
}
