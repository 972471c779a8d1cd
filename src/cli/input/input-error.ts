/** A mistake in what the user gave, a file mostly: told in one line and without a stack. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
