/** Texts about faulty arguments of tools. */
import type { z } from 'zod';

const MAX_SEEN_CHARACTERS = 80;

/** Says which value was seen and what to pass. The SDK adds the names of the tool and the argument. */
export function describeArgumentFault(issue: z.core.$ZodRawIssue): string {
  return issue.code === 'unrecognized_keys'
    ? `saw the unknown argument ${issue.keys.join(', ')}; leave it out`
    : `saw ${shown(issue.input)}; pass ${wanted(issue)}`;
}

function wanted(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return withArticle(issue.expected);
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'too_small')
    return issue.origin === 'string' ? 'a text that is not empty' : `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'invalid_format') return `a text that matches ${issue.pattern ?? issue.format}`;
  if (issue.code === 'invalid_union') return 'a value of one of the types in the schema';
  return 'a value that fits the schema';
}

function withArticle(type: string): string {
  const name = type === 'record' ? 'object' : type === 'int' ? 'whole number' : type;
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'no value';
  const text = JSON.stringify(value);
  return text.length > MAX_SEEN_CHARACTERS ? `${text.slice(0, MAX_SEEN_CHARACTERS)}...` : text;
}
