/** The permissions boundary of the functions' roles. It limits a function, even if the policies of its role allow more. */
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Construct } from 'constructs';
import type { Account } from './account';
import {
  BACKUP_ACTIONS,
  BACKUP_COPY_ACTIONS,
  BACKUP_TAG_ACTIONS,
  backupKeyStatements,
  VAULT_ACTIONS,
} from './backup-permissions';
import { CANARY_ALARM_ACTIONS, CANARY_FUNCTION_ACTIONS } from './canary-actions';
import { keyStatements } from './key-permissions';
import { named } from './named';
import { policyDocument, type Statement } from './policy-statement';

/** Actions on the items of a table (Service Authorization Reference, "Actions defined by Amazon DynamoDB"). */
const DATA_ACTIONS = [
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect', 'ConditionCheckItem'],
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'],
].map((name) => `dynamodb:${name}`);

const LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Actions on all resources; X-Ray supports no narrower resource. If your functions call other services, add the actions here. */
const OTHER_ACTIONS = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

export interface FunctionBoundaryProps {
  /** The policy's name, unique in the account. */
  readonly name: string;
  /** Start of the names of all tables and functions, for example `acme-`. */
  readonly namesStart: string;
  readonly account: Account;
  /** Whether the boundary also allows what the role of CodeDeploy needs. @default false */
  readonly canary?: boolean;
  /** ARNs of keys, or patterns, that encrypt variables of functions, and tables. @default [] */
  readonly keyArns?: readonly string[];
  /** Whether the roles of backups have the boundary, too. @default false */
  readonly backup?: boolean;
}

/** Creates the boundary as a managed policy. The setting `permissionsBoundary` puts it on the roles of the functions. */
export class FunctionBoundary extends Construct {
  /** The ARN of the policy. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FunctionBoundaryProps) {
    super(scope, id);
    const document = named(policyDocument(this, 'permissions', statements(props)), id);
    this.arn = named(new IamPolicy(this, 'policy', { name: props.name, policy: document.json }), id).arn;
  }
}

/** Whether the boundary allows an action. */
export function isWithinBoundary(action: string): boolean {
  return [...DATA_ACTIONS, ...LOG_ACTIONS, ...OTHER_ACTIONS].includes(action);
}

function statements(props: FunctionBoundaryProps): Statement[] {
  const { namesStart, account, keyArns = [], backup = false, canary = false } = props;
  const table = account.arn('dynamodb', `table/${namesStart}*`);
  const keys = keyArns.length === 0 ? [] : keyStatements(keyArns, [account.arn('lambda', `function:${namesStart}*`)]);
  return [
    { sid: 'Items', actions: DATA_ACTIONS, resources: [table, `${table}/index/*`] },
    {
      sid: 'Logs',
      actions: LOG_ACTIONS,
      resources: [account.arn('logs', `log-group:/aws/lambda/${namesStart}*:*`)],
    },
    { sid: 'Others', actions: OTHER_ACTIONS, resources: ['*'] },
    ...keys,
    ...(backup ? backupStatements(props, table) : []),
    ...(canary ? canaryStatements(account.arn('lambda', `function:${namesStart}*`)) : []),
  ];
}

/** Allows CodeDeploy's role to move aliases. The functions have the same boundary, but their policies do not allow these actions. */
function canaryStatements(functions: string): Statement[] {
  return [
    { sid: 'CanaryFunctions', actions: CANARY_FUNCTION_ACTIONS, resources: [functions] },
    { sid: 'CanaryAlarms', actions: CANARY_ALARM_ACTIONS, resources: ['*'] },
  ];
}

function backupStatements({ namesStart, account, keyArns = [] }: FunctionBoundaryProps, table: string): Statement[] {
  const vaults = account.arn('backup', `backup-vault:${namesStart}*`);
  return [
    { sid: 'Backups', actions: [...BACKUP_ACTIONS, ...BACKUP_COPY_ACTIONS], resources: [table, `${table}/backup/*`] },
    { sid: 'Vaults', actions: VAULT_ACTIONS, resources: [vaults] },
    { sid: 'BackupTags', actions: BACKUP_TAG_ACTIONS, resources: [account.arn('backup', 'recovery-point:*')] },
    ...(keyArns.length === 0 ? [] : backupKeyStatements(keyArns)),
  ];
}
