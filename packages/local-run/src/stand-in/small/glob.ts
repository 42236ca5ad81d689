/** Matches paths against the patterns of `excludes`: `*`, `**`, `?`, `[a-z]` and `{a,b}`. */

/** @param name a relative path with `/` */
export function matchesGlob(name: string, pattern: string): boolean {
  return new RegExp(`^${translate(pattern)}$`).test(name);
}

function translate(pattern: string): string {
  return pattern.replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\[[^\]]+\]|\{[^}]*\}|[.+^$()|\\\]}]/g, (part) => {
    switch (part) {
      case '**/':
        return '(?:[^/]+/)*';
      case '/**':
        return '(?:/.*)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
    }
    if (part.startsWith('[')) return part.replace(/^\[!/, '[^');
    if (part.startsWith('{')) return `(?:${part.slice(1, -1).split(',').map(translate).join('|')})`;
    return `\\${part}`;
  });
}
