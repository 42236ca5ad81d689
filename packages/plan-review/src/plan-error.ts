/** An error in the input. Its message says what failed, which value was seen, and what to do. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
