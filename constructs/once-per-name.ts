/** Creates a resource only once for each name, so that routes can share it. */

export class OncePerName<T> {
  private readonly created = new Map<string, T>();

  /** Returns the resource of a name. @param create called only for a new name */
  get(name: string, create: () => T): T {
    const existing = this.created.get(name);
    if (existing !== undefined) return existing;
    const resource = create();
    this.created.set(name, resource);
    return resource;
  }
}
