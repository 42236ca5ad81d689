/** Reads headers and query parameters that a request may repeat, in events of REST APIs. */

type Values = Readonly<Record<string, readonly string[] | undefined>> | null | undefined;

/** Joins the values of each name by commas. @param nameOf changes the names */
export function joinValues(all: Values, nameOf: (name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(all ?? {}).map(([name, values = []]) => [nameOf(name), values.join()]));
}
