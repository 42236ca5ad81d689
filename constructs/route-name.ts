/** Makes names for routes, which serve as Terraform names and statement ids. */

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
