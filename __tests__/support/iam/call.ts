/** A call to AWS as IAM sees it, and its form as a line of text. */

export interface Call {
  /** `iam:CreateRole`, or the method for API Gateway: `apigateway:POST`. */
  readonly action: string;
  /** The ARN of the resource, or `*` for an action without a resource. */
  readonly resource: string;
  /** The values of condition keys. A call does not have the other keys. @default none */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** @example 's3:ListBucket arn:aws:s3:::states s3:prefix=acme/' */
export function callLine({ action, resource, context = {} }: Call): string {
  const keys = Object.entries(context).map(([key, values]) => `${key}=${[values].flat().join(',')}`);
  return [action, resource, ...keys.sort()].join(' ');
}

/** Reads a line of `callLine`. Splits a value at its commas. @throws Error when the line is not a call */
export function readCallLine(line: string): Call {
  const [action = '', resource, ...pairs] = line.split(' ');
  if (!/^[a-z0-9-]+:\w+$/.test(action) || resource === undefined) {
    throw new Error(`${JSON.stringify(line)} is not a call: write ACTION RESOURCE KEY=VALUE.`);
  }
  const entries = pairs.map((pair) => {
    const [key = '', ...value] = pair.split('=');
    return [key, value.join('=').split(',')] as const;
  });
  return { action, resource, context: Object.fromEntries(entries) };
}
