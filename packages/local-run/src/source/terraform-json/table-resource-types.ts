/** The resource types of tables that the local run simulates: DynamoDB. */
import { blocks, inert, simulated } from './attribute-rules';
import { arn, type ResourceTypes } from './simulated-type';

const THROUGHPUT = inert('on_demand_throughput', 'read_capacity', 'warm_throughput', 'write_capacity');

export const TABLE_RESOURCE_TYPES: ResourceTypes = {
  aws_dynamodb_table: {
    attributes: {
      ...simulated('name', 'hash_key', 'range_key', 'billing_mode'),
      attribute: blocks(simulated('name', 'type')),
      global_secondary_index: blocks({
        ...simulated('name', 'hash_key', 'range_key'),
        ...THROUGHPUT,
        projection_type: ['ALL'],
      }),
      ...THROUGHPUT,
      ...inert('deletion_protection_enabled', 'point_in_time_recovery', 'replica', 'server_side_encryption'),
      ...inert('stream_enabled', 'stream_view_type', 'table_class', 'ttl'),
    },
    computed: ({ name }, place) => ({ id: name, arn: arn('dynamodb', place, `table/${String(name)}`) }),
  },
};
