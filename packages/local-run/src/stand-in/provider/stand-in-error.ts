/** An error that Terraform shows with the address, file and line of the resource. */
export class StandInError extends Error {
  /**
   * @param summary what failed, in one line
   * @param detail the value that was seen, and what to do
   */
  constructor(
    readonly summary: string,
    readonly detail: string,
  ) {
    super(`${summary}: ${detail}`);
  }
}
