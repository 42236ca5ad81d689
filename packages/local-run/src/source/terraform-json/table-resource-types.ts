/** The resource types of tables that the local run simulates: DynamoDB. */
import { blocks, inert, simulated } from './attribute-rules';
import { NotSimulatedError, type NotSimulated } from '../../model/not-simulated';
import { DeploymentError } from '../../model/deployment-error';
import type { Attributes } from './resource';
import { readTablePolicy } from './resource-policy';
import { arn, type ResourceTypes } from './simulated-type';

const THROUGHPUT = inert('on_demand_throughput', 'read_capacity', 'warm_throughput', 'write_capacity');

const PROJECTION = { ...simulated('non_key_attributes'), projection_type: ['ALL', 'INCLUDE', 'KEYS_ONLY'] };

/** Label of the made-up stream: AWS uses the time at which the stream was enabled. */
const STREAM_LABEL = '2020-01-01T00:00:00.000';

export const TABLE_RESOURCE_TYPES: ResourceTypes = {
  aws_dynamodb_table: {
    // `import_table` and the `restore_` attributes decide: the table starts with items that are not on this machine.
    attributes: {
      ...simulated('name', 'hash_key', 'range_key', 'billing_mode', 'stream_enabled'),
      attribute: blocks(simulated('name', 'type')),
      global_secondary_index: blocks({ ...simulated('name', 'hash_key', 'range_key'), ...THROUGHPUT, ...PROJECTION }),
      local_secondary_index: blocks({ ...simulated('name', 'range_key'), ...PROJECTION }),
      ttl: simulated('attribute_name', 'enabled'),
      ...THROUGHPUT,
      ...inert('deletion_protection_enabled', 'point_in_time_recovery', 'replica', 'server_side_encryption'),
      // Nothing reads the stream: event source mappings make no invocations.
      ...inert('stream_view_type', 'table_class'),
    },
    computed: ({ name, stream_enabled: hasStream }, place) => {
      const table = arn('dynamodb', place, `table/${String(name)}`);
      const stream = { stream_arn: `${table}/stream/${STREAM_LABEL}`, stream_label: STREAM_LABEL };
      return { id: name, arn: table, ...(hasStream === true && stream) };
    },
  },
  aws_dynamodb_resource_policy: {
    attributes: { ...simulated('resource_arn', 'policy'), ...inert('confirm_remove_self_resource_access') },
    computed: ({ resource_arn: resourceArn }) => ({ id: resourceArn }),
    check: tablePolicyFaults,
  },
  aws_dynamodb_table_item: {
    attributes: simulated('table_name', 'hash_key', 'range_key', 'item'),
    computed: (_configured, { id }) => ({ id }),
  },
};

/** What the local run cannot evaluate of the policy. A policy that DynamoDB refuses is refused when the table is read. */
function tablePolicyFaults(address: string, attributes: Attributes): readonly NotSimulated[] {
  try {
    readTablePolicy({ address, attributes });
    return [];
  } catch (error) {
    if (error instanceof NotSimulatedError) return error.parts;
    if (error instanceof DeploymentError) return [];
    throw error;
  }
}
