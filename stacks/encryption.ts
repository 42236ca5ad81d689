/** Makes the key of an API from the setting `kmsKey`, and the keys that the functions may use. */
import type { Construct } from 'constructs';
import { Account } from '../constructs/account';
import type { Encryption } from '../constructs/encryption';
import { EncryptionKey } from '../constructs/encryption-key';
import { leaveInPlace } from '../constructs/left-in-place';
import { pipelineName } from './names';
import type { Settings } from './settings';

/** Terraform's name of the key that a stack creates. */
const KEY_ID = 'data';

export interface StackKeys {
  readonly encryption: Encryption;
  /** ARNs of keys, and patterns, that the roles of the functions may use. */
  readonly usableKeys?: readonly string[];
}

/**
 * Creates a key for `CREATE`. With a key, and with `AWS_OWNED`, the functions may use each key of the account for their own variables and
 * through DynamoDB. So a change of the key breaks no running function and no older version, whose variables keep the key that they have.
 * @param alias name of the key's alias, without `alias/`
 */
export function keysOf(scope: Construct, settings: Settings, alias: string): StackKeys {
  const { kmsKey, region, githubRepository } = settings;
  if (kmsKey === 'AWS') return { encryption: kmsKey };
  // Older log lines and versions of functions still need the key that `CREATE` made.
  if (kmsKey !== 'CREATE') leaveInPlace(scope, `aws_kms_key.${KEY_ID}`);
  if (kmsKey.startsWith('arn:'))
    return { encryption: { keyArn: kmsKey }, usableKeys: [kmsKey.replace(/:key\/.*/, ':key/*')] };
  const account = new Account(scope, 'account', region);
  const usableKeys = [account.arn('kms', 'key/*')];
  if (kmsKey === 'AWS_OWNED') return { encryption: kmsKey, usableKeys };
  const roleArn = (kind: string) => account.arn('iam', `role/${pipelineName(settings, kind)}`);
  const roles = githubRepository === '' ? undefined : { plan: roleArn('plan'), deploy: roleArn('deploy') };
  const { arn: keyArn } = new EncryptionKey(scope, KEY_ID, { alias, account, region, roles });
  return { encryption: { keyArn }, usableKeys };
}

/**
 * Returns the keys that the permissions boundary allows: all keys of the account, and the key of the setting, which may belong to another
 * account. All values of `kmsKey` allow the keys of the account, so a bootstrap breaks no running function.
 */
export function boundaryKeysOf({ kmsKey }: Settings, account: Account): string[] {
  return [account.arn('kms', 'key/*'), ...(kmsKey.startsWith('arn:') ? [kmsKey] : [])];
}
