/** DynamoDB is not usable: the data folder cannot be opened, the endpoint cannot be called, or a table cannot be created. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
