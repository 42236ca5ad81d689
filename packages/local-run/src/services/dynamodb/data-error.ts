/** DynamoDB cannot be used: the data folder is not usable, the endpoint does not answer, or a table cannot be created. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
