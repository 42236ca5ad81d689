import { spellOut } from './escape';

/**
 * An error in the input. Its message says what failed, which value was seen, and what to do. It may contain names from the
 * input, but no name can move the cursor of a terminal.
 */
export class PlanError extends Error {
  override readonly name = 'PlanError';

  constructor(message: string) {
    super(message.split('\n').map(spellOut).join('\n'));
  }
}
