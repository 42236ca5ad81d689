/** Routes as Terraform names, and as statement ids. */

/** `GET /items/{id}`: `get_items_id`. */
export function routeName({ method, path }: { readonly method: string; readonly path: string }): string {
  return [method.toLowerCase(), pathName(path)].filter((word) => word !== '').join('_');
}

/** `/items/{id}`: `items_id`. */
export function pathName(path: string): string {
  return path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
}
