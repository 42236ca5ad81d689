/** Decides which sensitive texts are hidden inside other texts, and in which spellings. */
import { placeOf, ROOT } from '../model/differences';
import { isList, isObject, parseJsonText, type Value } from '../model/value';

/** A shorter text is hidden only where Terraform marks it: the same short text elsewhere is probably no secret. */
export const MIN_SECRET_CHARACTERS = 12;

const REGION =
  /^(af|ap|ca|cn|eu|il|me|mx|sa|us)(-gov|-iso[a-z]?)?-(north|south|east|west|central)+-\d[a-z]?(-[a-z0-9]+-\d+[a-z]?)?$/;

/** Numbers, versions, dates, ARNs and regions. They are not hidden inside other texts: many policies and settings contain them. */
const PUBLIC_TEXTS: readonly RegExp[] = [
  /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i,
  /^v?\d+(\.\d+){1,3}(-(alpha|beta|rc|preview)[.\d]*)?(\/\d+)?$/i,
  /^\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/,
  /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:\S+$/,
  REGION,
];

/** Keys of a policy whose values are not secrets. */
const POLICY_NAMES = /^(Version|Id|Effect|(Not)?(Action|Resource|Principal))$/;

/** Whether to hide the text wherever it occurs. Short texts, numbers, regions, zones, versions, dates and ARNs are not hidden. */
export function canBeSecret(text: string): boolean {
  return text.length >= MIN_SECRET_CHARACTERS && !PUBLIC_TEXTS.some((pattern) => pattern.test(text));
}

/**
 * Returns all texts to hide for one sensitive text: the text, its lines, and the texts inside its JSON. For each of these texts,
 * also returns its spellings in JSON, in JSON inside of JSON, in a URL, and in Base64, also as a part of a longer Base64 text.
 */
export function secretTexts(sensitive: string): string[] {
  const texts = [sensitive, ...sensitive.split(/\r?\n/), ...leaves(parseJsonText(sensitive) ?? null, false)];
  return [...new Set(texts.map((text) => text.trim()))].filter(canBeSecret).flatMap(spellings);
}

function leaves(value: Value, isPolicy: boolean): string[] {
  if (typeof value === 'string') return [value, ...leaves(parseJsonText(value) ?? null, isPolicy)];
  if (isList(value)) return value.flatMap((member) => leaves(member, isPolicy));
  if (!isObject(value)) return [];
  const isInPolicy = isPolicy || placeOf(value, ROOT).isPolicy;
  return Object.entries(value)
    .filter(([key]) => !isInPolicy || !POLICY_NAMES.test(key))
    .flatMap(([, member]) => leaves(member, isInPolicy));
}

function spellings(text: string): string[] {
  const json = jsonSpellings(text);
  const plain = [text, ...json, ...json.flatMap(jsonSpellings)];
  return [...plain, ...urlSpellings(text), ...[...new Set(plain)].flatMap(base64Spellings)];
}

/** Returns the text as JavaScript, Terraform's `urlencode` (a query) and other encoders write it in a URL. */
function urlSpellings(text: string): string[] {
  if (/^[\w.~-]*$/.test(text)) return [];
  // encodeURIComponent throws an error for half of a surrogate pair.
  const component = encodeURIComponent(text.toWellFormed());
  const strict = component.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const path = strict.replace(/%(24|26|2B|3A|3D|40)/g, decodeURIComponent);
  return [component, strict, strict.replaceAll('%20', '+'), path].flatMap((url) => [
    url,
    url.replace(/%../g, (code) => code.toLowerCase()),
  ]);
}

/** The text inside of a JSON string, as JavaScript writes it, and as Terraform's `jsonencode` does. */
function jsonSpellings(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const escaped = json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [json, escaped];
}

/**
 * Returns the Base64 of the text, and its Base64 characters inside of a longer text. These depend on the number of bytes before
 * the text, modulo three. A first or last character that also contains bits of neighboring bytes is left out.
 */
function base64Spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const inside = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6)),
  );
  return [bytes.toString('base64'), ...inside].flatMap((base64) => [
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}
