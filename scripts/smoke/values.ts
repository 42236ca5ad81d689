/** Saves values of answers, and fills them into the later steps of a session. */
import type { Step } from './step';

export type Values = Map<string, unknown>;

/** A step names a value that no earlier step saved. */
export class MissingValueError extends Error {}

const PLACEHOLDER = /\{([^{}]+)\}/g;
const WHOLE_PLACEHOLDER = /^\{([^{}]+)\}$/;

/** Replaces the placeholders in path, headers, body and expected answer. @throws MissingValueError */
export function fillIn(step: Step, values: Values): Step {
  const { path, headers, body, answer, answerHeaders } = step;
  return {
    ...step,
    path: path.replace(PLACEHOLDER, (_, name: string) => encodeURIComponent(textOf(name, values))),
    ...(headers && { headers: fillInAll(headers, values) }),
    ...(answerHeaders && { answerHeaders: fillInAll(answerHeaders, values) }),
    ...('body' in step && { body: fillInJson(body, values) }),
    ...('answer' in step && { answer: typeof answer === 'function' ? answer : fillInJson(answer, values) }),
  };
}

function fillInAll(texts: Readonly<Record<string, string>>, values: Values): Record<string, string> {
  const entries = Object.entries(texts).map(([name, text]) => [
    name,
    text.replace(PLACEHOLDER, (_, value: string) => textOf(value, values)),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Replaces only texts that consist of one placeholder with a saved name, because other texts may contain braces. */
function fillInJson(json: unknown, values: Values): unknown {
  if (typeof json === 'string') {
    const [, name] = WHOLE_PLACEHOLDER.exec(json) ?? [];
    return name !== undefined && values.has(name) ? values.get(name) : json;
  }
  if (Array.isArray(json)) return json.map((element) => fillInJson(element, values));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fillInJson(value, values)]));
}

function textOf(name: string, values: Values): string {
  return String(valueOf(name, values));
}

function valueOf(name: string, values: Values): unknown {
  const value = values.get(name);
  if (value === undefined) throw new MissingValueError(`no earlier step saved a value for {${name}}`);
  return value;
}

/**
 * Reads a value of an answer.
 * @param place for example `body`, `body.items.0.id` or `header.etag`
 * @returns undefined when the answer has no such value
 */
export function pick(answer: unknown, place: string): unknown {
  return place
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], answer);
}
