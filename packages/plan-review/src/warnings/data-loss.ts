/** Warns of deleted and replaced resources that store data. retention.ts and lifecycle.ts check settings that delete data. */
import { formatPath } from '../model/path';
import { attribute, isEmpty, isList, type Value } from '../model/value';
import { storedData } from './stored-data';
import { join, name, rule, text, value } from './warning';

const CONTENTS = ['source', 'content', 'content_base64'];

export const dataLossRule = rule('data', ({ type, action, forcedBy, before }) => {
  const data = storedData(type);
  if (data === undefined || (action !== 'delete' && action !== 'replace')) return [];
  // With these arguments, the provider removes the resource from the state only.
  if (attribute(before, 'skip_destroy') === true || attribute(before, 'retain_on_delete') === true) return [];
  // The repository contains the content of an object that Terraform writes, such as a file of a web site.
  if (/^aws_s3_(bucket_)?object$/.test(type) && CONTENTS.some((key) => !isEmpty(attribute(before, key)))) return [];
  const paths = join(forcedBy.map((path) => name(formatPath(path))));
  const how = action === 'delete' ? 'is deleted' : 'is deleted and re-created';
  const forced = action === 'delete' || paths.length === 0 ? [] : text`, forced by ${paths}`;
  const key = ['name', 'bucket', 'id'].find((candidate) => typeof attribute(before, candidate) === 'string');
  const shownName = key === undefined ? [] : text` (${value(attribute(before, key), [key])})`;
  const note = type === 'aws_dynamodb_table' ? tableNote(before) : '';
  return [text`**${how}${forced}**${shownName}: ${data} will be lost${note}`];
});

/** Says how AWS protects a deleted table (DynamoDB developer guide, "Point-in-time recovery", "Deletion protection"). */
function tableNote(before: Value): string {
  if (attribute(before, 'deletion_protection_enabled') === true) {
    return '. Deletion protection is on: AWS will refuse the deletion';
  }
  return hasPointInTimeRecovery(before)
    ? '. Point-in-time recovery is on: AWS keeps a backup for 35 days'
    : '. Point-in-time recovery is off';
}

function hasPointInTimeRecovery(table: Value): boolean {
  const blocks = attribute(table, 'point_in_time_recovery');
  return attribute(isList(blocks) ? blocks[0] : blocks, 'enabled') === true;
}
