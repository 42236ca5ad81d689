/** The app cannot be synthesized. The message says why; where the app printed something, it is that. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}
