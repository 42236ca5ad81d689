/** The stand-in for hashicorp/null. */
import type { Provider } from '../provider/provider';
import { computed, MAP_OF_STRINGS, optional, providerSchemas, schema } from '../schema/define';

export const nullProvider: Provider = {
  schemas: providerSchemas(
    { null_resource: schema({ triggers: optional(MAP_OF_STRINGS) }) },
    {
      null_data_source: schema({
        inputs: optional(MAP_OF_STRINGS),
        outputs: computed(MAP_OF_STRINGS),
        has_computed_default: computed('string'),
        random: computed('string'),
      }),
    },
  ),
  replacesOnChange: true,
  resources: { null_resource: (_values, generator) => ({ id: decimalId(generator.bytes('id', 6)) }) },
  dataSources: {
    null_data_source: ({ inputs }, generator) => ({
      ...{ outputs: inputs ?? {}, has_computed_default: 'default', random: decimalId(generator.bytes('random', 6)) },
      id: 'static',
    }),
  },
};

/** A number of up to 15 digits, as the real provider generates ids. */
function decimalId(bytes: Buffer): string {
  return String(bytes.readUIntBE(0, 6));
}
