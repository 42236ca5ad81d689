/** A handler that does nothing. It measures Node.js and the benchmark itself. */
export const handler = (): Promise<object> => Promise.resolve({ statusCode: 200, body: '{}' });
