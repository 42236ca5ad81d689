/** Reads one change of a plan. */
import { becomesMarked, uniteMarks } from '../model/hidden';
import { type Change, configurationAddress, type Plan } from '../model/plan';
import { type Attributes, attribute, isList, isObject, UNKNOWN, type Value } from '../model/value';
import { readAction } from './actions';
import { isWriteOnly } from './configuration';
import { wholeReferences } from './expressions';
import type { RawResource } from './raw-plan';
import { withUnknown } from './unknown';
import { unmarkedSecrets } from './unmarked';

/** The provider keys, references and write-only constants of resources, by configuration address. */
export interface ResourceConfigurations {
  readonly providerKeys: ReadonlyMap<string, string>;
  readonly references: Plan['references'];
  readonly writeOnly: ReadonlyMap<string, Attributes>;
}

/** Makes a change from its JSON and the configuration of its resource. */
export function readChange(
  resource: RawResource,
  { providerKeys, references, writeOnly }: ResourceConfigurations,
): Change {
  const { address, deposed, type, previous_address: movedFrom, change } = resource;
  const { actions, importing, before = null } = change;
  const after = withUnknown(change.after ?? null, change.after_unknown ?? false);
  const markBefore = marksOf(type, before, change.before_sensitive);
  const markAfter = marksOf(type, after, change.after_sensitive);
  const identity = {
    ...(change.before_identity !== undefined && { before: change.before_identity }),
    ...(change.after_identity !== undefined && { after: change.after_identity }),
  };
  const configured = configurationAddress(address);
  const providerKey = providerKeys.get(configured);
  return {
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    type,
    provider: resource.provider_name ?? '',
    ...(providerKey !== undefined && { providerKey }),
    action: readAction(address, actions),
    createFirst: actions.length > 1 && actions[0] === 'create',
    before,
    after,
    unresolved: after === null ? [] : unresolvedIn(after, references[configured] ?? {}),
    writeOnly: (after === null ? undefined : writeOnly.get(configured)) ?? {},
    hidden: uniteMarks(before, after, markBefore, markAfter),
    becameHidden: namesOfNewMarks(before, after, markBefore, markAfter),
    becameOpen: namesOfNewMarks(after, before, markAfter, markBefore),
    forcedBy: change.replace_paths ?? [],
    ...(resource.action_reason !== undefined && { reason: resource.action_reason }),
    ...(movedFrom !== undefined && movedFrom !== address && { movedFrom }),
    ...(importing && { imported: importing }),
    ...(Object.keys(identity).length > 0 && { identity }),
    ...(change.generated_config !== undefined && { generatedConfig: change.generated_config }),
  };
}

/** Lists the attributes with a value that the plan lacks, each with its references. */
function unresolvedIn(after: Value, references: Plan['references'][string]): string[] {
  const isUnresolved = (name: string) => isWriteOnly(name) || containsUnknown(attribute(after, name) ?? null);
  return Object.entries(references)
    .filter(([name, sources]) => sources.length > 0 && isUnresolved(name))
    .map(([name, sources]) => `${name}: ${wholeReferences(sources).join(', ')}`)
    .sort();
}

function containsUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  return (isList(value) || isObject(value)) && Object.values(value).some(containsUnknown);
}

/** Unites Terraform's marks of one side with the secrets that the provider does not mark. */
function marksOf(type: string, value: Value, marks: Value = false): Value {
  return uniteMarks(value, value, marks, unmarkedSecrets(type, value));
}

/** Lists the attributes that are marked only in `after`. For a value that is not an object, such as an output, the name is empty. */
function namesOfNewMarks(before: Value, after: Value, markBefore: Value, markAfter: Value): string[] {
  if (!isObject(after)) return becomesMarked(before, after, markBefore, markAfter) ? [''] : [];
  const mark = (marks: Value, name: string) => marks === true || (attribute(marks, name) ?? false);
  return Object.keys(after).filter((name) =>
    becomesMarked(attribute(before, name) ?? null, after[name] ?? null, mark(markBefore, name), mark(markAfter, name)),
  );
}
