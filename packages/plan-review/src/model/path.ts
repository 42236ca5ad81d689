/** Formats and parses paths of attributes, such as `rule[0].days`. */

/** Formats a path from the plan: `['rule', 0, 'days']` becomes `rule[0].days`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** Appends a key to a path. A key with spaces or special characters is quoted: `tags["a b"]`. */
export function memberPath(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** The name of the attribute that contains the path: `rule` of `rule[0].days`. */
export function attributeName(path: string): string {
  return /^[\w-]+/.exec(path)?.[0] ?? path;
}

/** Whether `path` is `ancestor`, or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`) || path.startsWith(`${ancestor}[`);
}
