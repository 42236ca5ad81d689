/** An error of the input. Its message tells the user everything: what failed, the value, what to do. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}
