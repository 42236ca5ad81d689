/** The operations of DynamoDB's API: which of them the local run serves, and why it refuses the others. */

/** The built-in DynamoDB serves these operations. */
export const SERVED_OPERATIONS: ReadonlySet<string> = new Set([
  ...['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'BatchGetItem', 'BatchWriteItem'],
  ...['TransactGetItems', 'TransactWriteItems'],
  ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable', 'ListTables'],
  ...['DescribeTimeToLive', 'UpdateTimeToLive', 'TagResource', 'UntagResource', 'ListTagsOfResource'],
]);

/** What the local run lacks, with the operations that need it. */
export const REFUSED_OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'no PartiQL: use GetItem, PutItem, UpdateItem, DeleteItem, Query, batches or transactions': [
    ...['BatchExecuteStatement', 'ExecuteStatement', 'ExecuteTransaction'],
  ],
  'no backups': [
    ...['CreateBackup', 'DeleteBackup', 'DescribeBackup', 'ListBackups', 'RestoreTableFromBackup'],
    ...['RestoreTableToPointInTime', 'DescribeContinuousBackups', 'UpdateContinuousBackups'],
  ],
  'no imports and exports': [
    ...['DescribeExport', 'DescribeImport', 'ExportTableToPointInTime', 'ImportTable', 'ListExports', 'ListImports'],
    ...['StartBulkPutItems', 'CancelBulkOperation', 'DescribeBulkOperation', 'ListBulkOperations'],
  ],
  'no global tables and replicas': [
    ...['CreateGlobalTable', 'DescribeGlobalTable', 'DescribeGlobalTableSettings', 'ListGlobalTables'],
    ...['UpdateGlobalTable', 'UpdateGlobalTableSettings', 'DescribeTableReplicaAutoScaling'],
    ...['UpdateTableReplicaAutoScaling'],
  ],
  'no Kinesis streams': [
    ...['DescribeKinesisStreamingDestination', 'DisableKinesisStreamingDestination'],
    ...['EnableKinesisStreamingDestination', 'UpdateKinesisStreamingDestination'],
  ],
  'no contributor insights': [
    ...['DescribeContributorInsights', 'ListContributorInsights', 'UpdateContributorInsights'],
  ],
  'no resource policies of tables': ['DeleteResourcePolicy', 'GetResourcePolicy', 'PutResourcePolicy'],
  'no vector indexes': ['SearchVectors'],
  'no account limits and no further endpoints': ['DescribeEndpoints', 'DescribeLimits'],
};

/** Whether DynamoDB has an operation that the local run refuses. */
export function isRefusedOperation(operation: string): boolean {
  return Object.values(REFUSED_OPERATIONS).some((operations) => operations.includes(operation));
}

/** @returns the reason, for the developer */
export function notServedReason(operation: string): string {
  const [lack] = Object.entries(REFUSED_OPERATIONS).find(([, operations]) => operations.includes(operation)) ?? [];
  if (lack === undefined) return `DynamoDB has no operation ${operation}, or the local run does not know it`;
  return `the local run does not support the operation ${operation}: it has ${lack}`;
}
