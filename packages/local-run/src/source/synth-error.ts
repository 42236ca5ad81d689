/** The app cannot be synthesized. The message is the app's output, or says why the synth failed. */
export class SynthError extends Error {
  override readonly name = 'SynthError';
}
