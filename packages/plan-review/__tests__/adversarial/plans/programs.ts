/** Programs that the plan or the apply runs: data sources, functions, and providers of other publishers. */
import { type Attack, type Attributes, invocation, planOf, resource } from '../build';

/** A resource that occurs only in the configuration. */
function inConfiguration(hides: string, mode: string, type: string, expressions: Attributes = {}): Attack {
  const address = `${mode}.${type}.a`;
  const configured = { address, mode, type, name: 'a', provider_config_key: type, expressions, schema_version: 0 };
  return {
    hides,
    reviewed: planOf({ root: { resources: [] } }),
    plan: planOf({ root: { resources: [configured] } }),
    warns: new RegExp(address.replaceAll('.', '\\.')),
  };
}

const changed = resource('aws_thing.a', { a: 1 }, { a: 2 });
const action = (provider: string) =>
  planOf({ action_invocations: [invocation({ invoke_action_trigger: {}, provider_name: provider })] });

export const programs: readonly Attack[] = [
  inConfiguration('a program as a data source', 'data', 'external', {
    program: { constant_value: ['sh', 'tools/announce.sh'] },
  }),
  inConfiguration('a function that an ephemeral resource invokes', 'ephemeral', 'aws_lambda_invocation'),
  inConfiguration('a function that a data source invokes', 'data', 'aws_lambda_invocation'),
  {
    hides: 'a resource of a provider of another publisher',
    reviewed: planOf({ resources: [changed] }),
    plan: planOf({ resources: [{ ...changed, provider_name: 'registry.terraform.io/mallory/aws' }] }),
    shows: /mallory/,
  },
  {
    hides: 'the source of a provider',
    reviewed: planOf(),
    plan: planOf().replaceAll(
      '"full_name":"registry.terraform.io/hashicorp/aws"',
      '"full_name":"registry.terraform.io/mallory/aws"',
    ),
    shows: /mallory/,
  },
  {
    hides: 'an action of a provider of another publisher',
    reviewed: action('registry.terraform.io/hashicorp/aws'),
    plan: action('registry.terraform.io/mallory/aws'),
    shows: /mallory/,
  },
];
