/** Finds policies, permissions and settings that the apply takes from one resource and gives to another. */
import type { Change, Plan } from '../model/plan';
import { attribute, UNKNOWN } from '../model/value';
import { changesOfReferences } from './references';
import { isRewritten } from './settings';

/** Resources that belong to another resource. */
const PARTS = /_(polic(y|ies)|permissions?|acl|public_access_block)(_|$)|^aws_s3\w*_bucket_\w+/;

/** Attributes that name the owner. */
const OWNERS = [
  ...['access_point_arn', 'arn', 'backup_vault_name', 'bucket', 'container_name', 'domain', 'domain_name'],
  ...['event_bus_name', 'file_system_id', 'function_name', 'group', 'identity', 'key_id', 'layer_name'],
  ...['permission_set_arn', 'queue_url', 'registry_name', 'repository', 'repository_name', 'resource_arn'],
  ...['rest_api_id', 'role', 'role_name', 'secret_arn', 'stream_arn', 'topic_arn', 'user', 'vault_name'],
  ...['vpc_endpoint_id'],
];

/** Whether a policy or setting gets another owner. A new name of an owner that the plan re-creates does not count. */
export function isMoved(change: Change, plan: Plan): boolean {
  if (!PARTS.test(change.type) || !isRewritten(change)) return false;
  return OWNERS.some((owner) => {
    const [before, after] = [attribute(change.before, owner), attribute(change.after, owner)];
    if (typeof before !== 'string' || before === after || !(typeof after === 'string' || after === UNKNOWN))
      return false;
    return !changesOfReferences(change, owner, plan).some(({ action }) => action === 'create' || action === 'replace');
  });
}
