/** Finds the route of a request in API Gateway's order of precedence (developer guide, "Create routes for HTTP APIs"). */

export interface Match<R> {
  readonly route: R;
  /** The values of `{id}` and `{proxy+}`, as in the path. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface Pattern<R> {
  readonly route: R;
  readonly method: string;
  readonly segments: readonly string[];
}

/** For `GET /items/a`, the route `GET /items/{id}` precedes `ANY /items/{proxy+}`. `$default` matches everything else. */
export class Matcher<R extends { readonly routeKey: string }> {
  private readonly patterns: readonly Pattern<R>[];
  private readonly fallback: R | undefined;

  constructor(routes: readonly R[]) {
    this.fallback = routes.find(({ routeKey }) => routeKey === '$default');
    this.patterns = routes
      .filter((route) => route !== this.fallback)
      .map((route) => {
        const [method = '', path = ''] = route.routeKey.split(' ');
        return { route, method, segments: path.split('/').slice(1) };
      })
      .sort(byPrecedence);
  }

  find(method: string, path: string): Match<R> | undefined {
    const segments = path.split('/').slice(1);
    for (const pattern of this.patterns) {
      if (pattern.method !== method && pattern.method !== 'ANY') continue;
      const pathParameters = matchSegments(pattern.segments, segments);
      if (pathParameters) return { route: pattern.route, pathParameters };
    }
    return this.fallback && { route: this.fallback, pathParameters: {} };
  }
}

function matchSegments(pattern: readonly string[], path: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const variable = /^\{(.+?)(\+?)\}$/.exec(expected);
    if (!variable) {
      if (path[index] !== expected) return undefined;
      continue;
    }
    const [, name = '', greedy] = variable;
    const value = greedy ? path.slice(index).join('/') : path[index];
    // A variable matches at least one character.
    if (!value) return undefined;
    parameters[name] = value;
    if (greedy) return parameters;
  }
  return pattern.length === path.length ? parameters : undefined;
}

/** Full matches precede greedy matches. Then, segment by segment, literals precede variables. Then a method precedes ANY. */
function byPrecedence<R>(a: Pattern<R>, b: Pattern<R>): number {
  const isGreedy = ({ segments }: Pattern<R>) => Number(segments.at(-1)?.endsWith('+}') ?? false);
  if (isGreedy(a) !== isGreedy(b)) return isGreedy(a) - isGreedy(b);
  const rank = (segment: string | undefined) =>
    segment === undefined ? 3 : segment.endsWith('+}') ? 2 : segment.startsWith('{') ? 1 : 0;
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.method === 'ANY') - Number(b.method === 'ANY');
}
