/** A client for the parts of GitHub's REST and GraphQL APIs that the workflows need. */

/** GitHub refused a request, or could not be reached. The message has the method and URL. */
export class GithubError extends Error {
  override readonly name = 'GithubError';

  /** @param status the status of the response; undefined without a response */
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

export interface GithubOptions {
  /** `https://api.github.com`; GITHUB_API_URL in a workflow. */
  readonly url: string;
  /** `https://api.github.com/graphql`; GITHUB_GRAPHQL_URL in a workflow. On Enterprise Server, it does not start with `url`. */
  readonly graphqlUrl: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
  readonly token: string;
}

const TIMEOUT_MS = 30_000;
const PAGE_SIZE = 100;

/** Returns the token in GITHUB_TOKEN, or in GH_TOKEN, the variable of GitHub's command line. An empty variable counts as not set. */
export function tokenOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_TOKEN = '', GH_TOKEN } = environment;
  return GITHUB_TOKEN === '' ? GH_TOKEN : GITHUB_TOKEN;
}

/**
 * Returns the URL of the REST API that belongs to an issuer of OIDC tokens.
 * @param issuer the setting githubOidcIssuer
 * @example apiOf('github.example.com/_services/token'); // https://github.example.com/api/v3
 */
export function apiOf(issuer: string): string {
  const [, server] = /^([^/]+)\/_services\/token$/.exec(issuer) ?? [];
  if (server !== undefined) return `https://${server}/api/v3`;
  // Data residency: `token.actions.acme.ghe.com` has `api.acme.ghe.com`.
  const [, domain = 'github.com'] = /^token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer) ?? [];
  return `https://api.${domain}`;
}

/** @returns undefined for a text that is not JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class Github {
  constructor(private readonly options: GithubOptions) {}

  /** Makes a client from the environment variables of a workflow. @throws GithubError when a variable is missing */
  static fromEnvironment(environment: Readonly<Record<string, string | undefined>>): Github {
    const token = tokenOf(environment);
    const {
      GITHUB_REPOSITORY: repository,
      GITHUB_API_URL: url = 'https://api.github.com',
      GITHUB_GRAPHQL_URL: graphqlUrl = `${url}/graphql`,
    } = environment;
    if (!token || !repository) {
      throw new GithubError('GITHUB_TOKEN and GITHUB_REPOSITORY must be set. Workflows on GitHub set them.');
    }
    return new Github({ token, repository, url, graphqlUrl });
  }

  /** Reads all pages of a list. @param path path after `/repos/OWNER/NAME`, for example `/issues/1/comments` */
  async list<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; ; page += 1) {
      const parameters = new URLSearchParams({ ...query, per_page: String(PAGE_SIZE), page: String(page) });
      const items = await this.send<T[]>('GET', `${path}?${parameters.toString()}`);
      all.push(...items);
      if (items.length < PAGE_SIZE) return all;
    }
  }

  /** Sends a request. @param path path after `/repos/OWNER/NAME` @throws GithubError for any status except 2xx */
  async send<T>(method: string, path: string, body?: object): Promise<T> {
    const { url, repository } = this.options;
    return this.request<T>(method, `${url}/repos/${repository}${path}`, body);
  }

  /** Reads the id of a GitHub App by its name in URLs, for example `github-actions`. @throws GithubError */
  async appId(slug: string): Promise<number> {
    return (await this.request<{ id: number }>('GET', `${this.options.url}/apps/${slug}`)).id;
  }

  /** Sends a GraphQL query, for data that the REST API does not offer. @throws GithubError */
  async query<T>(query: string, variables: Readonly<Record<string, string>>): Promise<T> {
    const { graphqlUrl: url } = this.options;
    const { data, errors } = await this.request<{ data?: T; errors?: object[] }>('POST', url, { query, variables });
    if (!data || errors) throw new GithubError(`POST ${url}: ${JSON.stringify(errors ?? 'no data').slice(0, 500)}`);
    return data;
  }

  private async request<T>(method: string, url: string, body?: object): Promise<T> {
    const request = `${method} ${url}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${this.options.token}`,
          'x-github-api-version': '2022-11-28',
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      const { message, cause } = error as Error;
      throw new GithubError(`${request}: no answer (${cause instanceof Error ? cause.message : message}).`);
    }
    const text = await response.text();
    const json = parseJson(text);
    const { message = text } = (json ?? {}) as { message?: string };
    if (!response.ok) throw new GithubError(`${request}: ${response.status} ${message.slice(0, 500)}`, response.status);
    if (json === undefined) throw new GithubError(`${request}: the answer is not JSON: ${text.slice(0, 100)}`);
    return json as T;
  }
}
