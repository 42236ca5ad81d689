/** Warns of programs that the apply runs: new providers, provisioners, invoked actions and data sources that run a program. */
import { isAwsProvider } from '../model/aws-provider';
import { isWhollyOpen } from '../model/hidden';
import type { Plan } from '../model/plan';
import { isEmpty, type Value } from '../model/value';
import { name, type Part, text, type Warning } from './warning';

/** Returns the warnings about new providers, provisioners, actions and programs. */
export function programWarnings({ provisioners, invocations, programs, newProviders }: Plan): Warning[] {
  return [
    ...newProviders.map((source) =>
      runs(
        `provider ${source}`,
        text`comes from another publisher than HashiCorp: Terraform runs its program with the credentials of the apply`,
      ),
    ),
    ...provisioners.map(({ address, type, settings, unresolved }) =>
      runs(address, text`runs the provisioner ${name(type)}${settingParts(settings)}${unresolvedParts(unresolved)}`),
    ),
    ...invocations.map(({ address, type, provider, settings, hidden }) => {
      // Any other provider is named: the apply runs its program.
      const publisher =
        provider === undefined || isAwsProvider(provider) ? [] : text` of the provider ${name(provider)}`;
      const shown = isWhollyOpen(hidden) ? settingParts(settings) : [];
      return runs(address, text`invokes the action ${name(type)}${publisher}${shown}`);
    }),
    ...programs.map(({ address, type, settings, unresolved }) =>
      runs(address, text`runs a program (${name(type)})${settingParts(settings)}${unresolvedParts(unresolved)}`),
    ),
  ];
}

function runs(address: string, parts: readonly Part[]): Warning {
  return { kind: 'runs', address, text: parts };
}

function settingParts(settings: Value): readonly Part[] {
  return isEmpty(settings) ? [] : text`: ${{ value: settings }}`;
}

/** The settings whose value the plan does not contain, each with its references. */
function unresolvedParts(unresolved: readonly string[]): readonly Part[] {
  return unresolved.flatMap((setting) => text`, with a value that nobody can review in ${name(setting)}`);
}
