/** Does nothing: what Node.js and the measuring itself take. */
export const handler = (): Promise<object> => Promise.resolve({ statusCode: 200, body: '{}' });
