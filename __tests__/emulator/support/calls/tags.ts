/** Condition keys about tags (IAM User Guide, "AWS global condition context keys"). */
import type { Call } from '../../../support/iam/call';

export type Tags = Readonly<Record<string, string>>;
type Context = NonNullable<Call['context']>;

/** The keys of a request that sets tags. The order of tags differs from run to run. */
export function requestTags(tags: Tags): Context {
  const names = Object.keys(tags).sort();
  if (names.length === 0) return {};
  const entries = names.map((name) => [`aws:RequestTag/${name}`, tags[name] ?? ''] as const);
  return { ...Object.fromEntries(entries), 'aws:TagKeys': names };
}

/** The keys of a request to a resource with tags. */
export function resourceTags(tags: Tags): Context {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]));
}

/** Reads a list `[{Key, Value}]`. */
export function tagsOfList(list: unknown): Tags {
  const tags = (list ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Reads the parameters `Tags.member.1.Key` and `Tags.member.1.Value`. */
export function tagsOfForm(form: URLSearchParams): Tags {
  const keys = [...form.keys()].filter((name) => /^Tags\.member\.\d+\.Key$/.test(name));
  return Object.fromEntries(keys.map((name) => [form.get(name), form.get(name.replace(/Key$/, 'Value'))]));
}
