/** Makes the key of an API from the setting `kmsKey`. */
import type { Construct } from 'constructs';
import { Account } from '../constructs/account';
import type { Encryption } from '../constructs/encryption';
import { EncryptionKey } from '../constructs/encryption-key';
import { pipelineName } from './names';
import type { Settings } from './settings';

/** Creates a key for `CREATE`. @param alias name of the key's alias, without `alias/` */
export function encryptionOf(scope: Construct, settings: Settings, alias: string): Encryption {
  const { kmsKey, region, githubRepository } = settings;
  if (kmsKey === 'AWS' || kmsKey === 'AWS_OWNED') return kmsKey;
  if (kmsKey !== 'CREATE') return { keyArn: kmsKey };
  const account = new Account(scope, 'account', region);
  const roleArn = (kind: string) => account.arn('iam', `role/${pipelineName(settings, kind)}`);
  const roles = githubRepository === '' ? undefined : { plan: roleArn('plan'), deploy: roleArn('deploy') };
  return { keyArn: new EncryptionKey(scope, 'data', { alias, account, region, roles }).arn };
}

/** Returns the ARN of the key that the roles of functions may use. A created key has a generated id. @returns '' without a key */
export function boundaryKeyArn({ kmsKey }: Settings, account: Account): string {
  if (kmsKey === 'CREATE') return account.arn('kms', 'key/*');
  return kmsKey.startsWith('arn:') ? kmsKey : '';
}
