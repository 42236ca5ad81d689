/** Formats the parts of a plan that are not resources: programs, action invocations, provider configurations and variables. */
import { lineText, quotedText } from '../escape';
import { memberPlace, ROOT } from '../model/differences';
import { type Plan, programAddress, type ProviderConfiguration, settingVariables } from '../model/plan';
import { isEmpty, isObject, type Value } from '../model/value';
import type { PlanPrinter } from './plan-printer';
import type { DiffLine, Fold } from './document';
import { isOrdinarySource } from './provider-names';
import { ValuePrinter } from './value-printer';

/** Provider settings that do not open the fold: the heading shows the region, and the resources show their tags. */
const ORDINARY_SETTINGS = ['region', 'default_tags'];

/** Makes the folds for programs and actions, for provider configurations, and for variables. */
export function configurationFolds(printer: PlanPrinter): Fold[] {
  const { plan } = printer;
  const names = plan.providers.flatMap(settingNames);
  const isOrdinary = names.every((name) => ORDINARY_SETTINGS.includes(name));
  const isInHeading = names.every((name) => name === 'region');
  return [
    ...fold('Programs and actions', [...programLines(printer), ...invocationLines(printer)], true),
    ...(isInHeading ? [] : fold('Provider configurations', providerLines(printer), !isOrdinary)),
    ...fold('Variables that settings may depend on', variableLines(settingVariables(plan), printer), true),
  ];
}

/**
 * Makes the lines of a plan entry that is not a resource: `provider.aws`, `var.region`, an action, or
 * `ADDRESS (local-exec 0)`. A variable has no heading.
 * @returns no lines for any other address
 */
export function entryLines(address: string, printer: PlanPrinter): readonly DiffLine[] {
  const { plan } = printer;
  const entry = {
    ...plan,
    providers: plan.providers.filter(({ key }) => address === `provider.${key}`),
    invocations: plan.invocations.filter((invocation) => invocation.address === address),
    provisioners: plan.provisioners.filter((program) => programAddress(program) === address),
    programs: plan.programs.filter((program) => programAddress(program) === address),
    ephemerals: plan.ephemerals.filter((program) => programAddress(program) === address),
    variables: plan.variables.filter(({ name }) => address === `var.${name}`),
  };
  const entryValues = { plan: entry, redactor: printer.redactor };
  return [
    ...providerLines(entryValues),
    ...programLines(entryValues),
    ...invocationLines(entryValues),
    ...variableLines(entry.variables, entryValues),
  ];
}

type PlanValues = Pick<PlanPrinter, 'plan' | 'redactor'>;

function programLines({ plan, redactor }: PlanValues): DiffLine[] {
  const printer = new ValuePrinter(redactor);
  return [
    ...plan.programs.map((program) => ({ program, verb: 'runs' })),
    ...plan.ephemerals.map((program) => ({ program, verb: 'opens the ephemeral resource' })),
    ...plan.provisioners.map((program) => ({ program, verb: 'has the provisioner' })),
  ].flatMap(({ program: { address, type, settings, unresolved }, verb }) => [
    { sign: '@@' as const, text: `${lineText(address)} ${verb} ${lineText(type)}` },
    ...settingLines(settings, unresolved, printer),
  ]);
}

function invocationLines({ plan, redactor }: PlanValues): DiffLine[] {
  return plan.invocations.flatMap(({ address, settings, hidden, trigger }) => [
    { sign: '@@' as const, text: `${lineText(address)} is invoked` },
    ...settingLines({ trigger }, [], new ValuePrinter(redactor)),
    ...settingLines(settings, [], new ValuePrinter(redactor, hidden)),
  ]);
}

function providerLines({ plan, redactor }: PlanValues): DiffLine[] {
  return plan.providers.flatMap(({ key, source, settings, hidden, unresolved }) => [
    { sign: '@@' as const, text: `provider ${lineText(key)}` },
    ...(isOrdinarySource(source) ? [] : [{ sign: ' ' as const, text: `source: ${quotedText(source)}` }]),
    ...settingLines(settings, unresolved, new ValuePrinter(redactor, hidden)),
  ]);
}

/** Formats variables and inputs of modules. A setting whose value the plan lacks may depend on any of them. */
function variableLines(variables: Plan['variables'], { redactor }: PlanValues): DiffLine[] {
  return variables.flatMap(({ name, value, hidden }) =>
    new ValuePrinter(redactor, hidden)
      .lines(value, { ...ROOT, path: name })
      .map(({ path, text }): DiffLine => ({ sign: ' ', text: `${path}: ${text}` })),
  );
}

/** Formats settings without the signs `-` and `+`: a plan contains only the new configuration. */
function settingLines(settings: Value, unresolved: readonly string[], printer: ValuePrinter): DiffLine[] {
  const members = isObject(settings) ? Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
  return [
    ...members
      .filter(([, value]) => !isEmpty(value))
      .flatMap(([name, value]) =>
        printer
          .lines(value, memberPlace(ROOT, name))
          .map(({ path, text }): DiffLine => ({ sign: ' ', text: `${path}: ${text}` })),
      ),
    ...unresolved.map((setting): DiffLine => ({ sign: ' ', text: `${lineText(setting)} (value not in the plan)` })),
  ];
}

/** Lists the names of the shown settings. An unresolved setting is `NAME: REFERENCES`. */
function settingNames({ source, settings, unresolved }: ProviderConfiguration): string[] {
  const names = isObject(settings) ? Object.keys(settings).filter((name) => !isEmpty(settings[name])) : [];
  return [
    ...names,
    ...(isOrdinarySource(source) ? [] : ['source']),
    ...unresolved.map((setting) => `unresolved ${setting}`),
  ];
}

function fold(title: string, lines: readonly DiffLine[], isOpen: boolean): Fold[] {
  return lines.length === 0 ? [] : [{ kind: 'fold', title, isOpen, blocks: [{ kind: 'diff', lines }] }];
}
