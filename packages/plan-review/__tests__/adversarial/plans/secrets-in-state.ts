/** Secrets that only the state or the configuration marks, and that occur in an attribute without a mark. */
import { type Attack, type Attributes, type PlanParts, resource } from '../build';
import { secretIn } from './secret';

const AWS = { provider_name: 'registry.terraform.io/hashicorp/aws', schema_version: 0 };
const TYPE = 'aws_secretsmanager_secret_version';

/** The secret occurs unmarked in a change, and marked elsewhere. */
function secretMarkedBy(hides: string, marked: (secret: string) => PlanParts): Attack {
  return secretIn(hides, (secret) => ({
    ...{ output_changes: {}, ...marked(secret) },
    resources: [
      resource('aws_thing.a', { note: 'quiet' }, { note: `log in with ${secret}` }),
      ...(marked(secret).resources ?? []),
    ],
  }));
}

const state = (values: Attributes) => ({ prior_state: { format_version: '1.0', values } });
/** A data source that Terraform read for the plan. */
const readSecret = (secret: string, module = '') => ({
  ...{ address: `${module}data.${TYPE}.a`, mode: 'data', type: TYPE, name: 'a', ...AWS },
  ...{ values: { secret_string: secret }, sensitive_values: { secret_string: true } },
});

export const secretsInState: readonly Attack[] = [
  secretMarkedBy('a secret of a data source', (secret) => state({ root_module: { resources: [readSecret(secret)] } })),
  secretMarkedBy('a secret of a data source in a module', (secret) =>
    state({
      root_module: {
        child_modules: [{ address: 'module.harbour', resources: [readSecret(secret, 'module.harbour.')] }],
      },
    }),
  ),
  secretMarkedBy('a secret of an output in the state', (secret) =>
    state({ outputs: { token: { value: secret, type: 'string', sensitive: true } }, root_module: {} }),
  ),
  secretMarkedBy('a secret of a write-only argument', (secret) => ({
    resources: [
      resource(
        `${TYPE}.a`,
        null,
        { secret_string_wo: null, secret_string_wo_version: 1 },
        {},
        { expressions: { secret_string_wo: { constant_value: secret } } },
      ),
    ],
  })),
];
