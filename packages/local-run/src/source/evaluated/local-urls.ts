/** Replaces the URLs that Terraform's stand-ins made up for APIs and function URLs by the URLs of this run. */
import { isObject } from '../../services/is-object';
import type { EvaluatedResource } from '../terraform/evaluated-resource';
import type { Endpoints } from '../stack';

/** Replaces the URLs of APIs in all texts of a value. A stage stays in the path, as on AWS. */
export type ReplaceUrls = (value: unknown) => unknown;

const HAS_HOST = /\.(execute-api|lambda-url)\./;

export function localUrls(resources: readonly EvaluatedResource[], endpoints: Endpoints): ReplaceUrls {
  const replacements = resources.flatMap((resource) => {
    const url = endpoints.get(resource.address);
    return url === undefined ? [] : replacementsOf(awsHost(resource), url);
  });
  const replaceText = (text: string) => replacements.reduce((result, { from, to }) => result.replace(from, to), text);
  const replace: ReplaceUrls = (value) => {
    if (typeof value === 'string') return HAS_HOST.test(value) ? replaceText(value) : value;
    if (Array.isArray(value)) return value.map(replace);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replace(inner)]));
  };
  return replace;
}

/** @returns the pattern of the host name on AWS */
function awsHost({ values }: EvaluatedResource): string {
  const { id, url_id: urlId } = values as Readonly<Record<string, string | undefined>>;
  return urlId === undefined
    ? `${id ?? ''}\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?`
    : `${urlId}\\.lambda-url\\.[a-z0-9-]+\\.on\\.aws`;
}

/** The longest text first: a URL, then a host name without a protocol. A WebSocket URL stays: no local server accepts it. */
function replacementsOf(hostPattern: string, url: string): { readonly from: RegExp; readonly to: string }[] {
  const host = `(?<![\\w.-])${hostPattern}(?![\\w.-])`;
  return [
    { from: new RegExp(`https://${host}`, 'g'), to: url },
    { from: new RegExp(`(?<!wss://)${host}`, 'g'), to: new URL(url).host },
  ];
}
