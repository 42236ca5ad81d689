/** Checks the DynamoDB actions of handlers. */
import type { Place } from './place';
import { checkRepeated } from './repeated';
import { didYouMean } from './suggest';

/** Actions on a table (Service Authorization Reference, "Actions, resources, and condition keys for Amazon DynamoDB"). */
const TABLE_ACTIONS = [
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect'],
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'],
  ...['PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'],
  ...['CreateBackup', 'CreateTable', 'CreateTableReplica', 'DeleteResourcePolicy', 'DeleteTable', 'DeleteTableReplica'],
  ...['DescribeContinuousBackups', 'DescribeContributorInsights', 'DescribeKinesisStreamingDestination'],
  ...['DescribeTable', 'DescribeTableReplicaAutoScaling', 'DescribeTimeToLive'],
  ...['DisableKinesisStreamingDestination', 'EnableKinesisStreamingDestination', 'ExportTableToPointInTime'],
  ...['GetResourcePolicy', 'ListTagsOfResource', 'PutResourcePolicy', 'RestoreTableToPointInTime', 'StartAwsBackupJob'],
  ...['TagResource', 'UntagResource', 'UpdateContinuousBackups', 'UpdateContributorInsights'],
  ...['UpdateKinesisStreamingDestination', 'UpdateTable', 'UpdateTableReplicaAutoScaling', 'UpdateTimeToLive'],
].map((name) => `dynamodb:${name}`);

/** Checks the `actions` of a route with a handler. */
export function checkActions(route: Place): void {
  const place = route.field('actions');
  if (!route.has('actions')) return;
  if (!Array.isArray(place.value)) return place.mustBe("an array of DynamoDB actions, such as ['dynamodb:GetItem']");
  for (const action of place.items) {
    const { value } = action;
    if (typeof value !== 'string' || !/^dynamodb:[A-Z][A-Za-z]+$/.test(value))
      action.mustBe('one DynamoDB action without a wildcard, such as dynamodb:GetItem');
    else if (!TABLE_ACTIONS.includes(value))
      action.fault(
        `is ${value}, which is no action on a DynamoDB table; name an action of IAM, such as dynamodb:GetItem${didYouMean(value, TABLE_ACTIONS)}`,
      );
  }
  checkRepeated(place);
}
