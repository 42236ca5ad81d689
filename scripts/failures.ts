/** Runs steps that do not depend on each other, and reports their failures together. */
export class Failures {
  private readonly errors: Error[] = [];

  /** The number of failures until now. */
  get count(): number {
    return this.errors.length;
  }

  add(error: unknown): void {
    this.errors.push(error instanceof Error ? error : new Error(String(error)));
  }

  /** Runs a step. A failure of it does not end the other steps. */
  async collect(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.add(error);
    }
  }

  /** @throws Error with the messages of all failed steps, the first one first. A single error is thrown as it is */
  throwAll(): void {
    const [first, ...others] = this.errors;
    if (!first) return;
    if (others.length === 0) throw first;
    throw new Error(this.errors.map(({ message }) => message).join('\n\n'));
  }
}
