/** Settings of many kinds that let in more callers, or keep data for a shorter time. */
import { type Attack, type ChangeRow, changeOf } from '../build';

const REPLICATION = 'aws_s3_bucket_replication_configuration';
const replicas = (...status: readonly string[]) => ({
  bucket: 'a',
  rule: status.map((word, id) => ({ id: `r${String(id)}`, status: word })),
});

const ROWS: readonly ChangeRow[] = [
  ['a disabled replica', REPLICATION, replicas('Enabled'), replicas('Disabled'), /replica/],
  ['one replica fewer', REPLICATION, replicas('Enabled', 'Enabled'), replicas('Enabled'), /replica/],
];

export const settings: readonly Attack[] = ROWS.map(changeOf);
