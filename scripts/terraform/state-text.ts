/** Parses the text of a state. */

/** A state that OpenTofu encrypted. */
export class EncryptedStateError extends Error {
  override readonly name = 'EncryptedStateError';
}

/**
 * Parses a state of Terraform or OpenTofu.
 * @param place where the state is, for the error
 * @throws EncryptedStateError when OpenTofu encrypted the state. Without this check, it would look like a state without resources.
 * @throws SyntaxError when the text is not JSON
 */
export function parseState(text: string, place: string): unknown {
  const state = JSON.parse(text) as unknown;
  if (!('encrypted_data' in Object(state))) return state;
  throw new EncryptedStateError(
    `The state ${place} is encrypted by OpenTofu, and scripts cannot read it. Turn off OpenTofu's state encryption, as ` +
      'docs/opentofu.md describes. S3 encrypts the state too, with the key of the setting stateKmsKey.',
  );
}
