/** Makes names for routes. They become Terraform names and statement ids. */

/** Names a route: `GET /items/{id}` becomes `get_items_id`. */
export function routeName({ method, path }: { readonly method: string; readonly path: string }): string {
  return [method.toLowerCase(), pathName(path)].filter((word) => word !== '').join('_');
}

/** Names a path: `/items/{id}` becomes `items_id`. */
export function pathName(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}

/** Names the resource of a path in a REST API. Terraform's names begin with a letter: `/2026` becomes `path_2026`. */
export function resourceName(path: string): string {
  const name = pathName(path);
  return /^[a-z]/.test(name) ? name : `path_${name}`;
}
