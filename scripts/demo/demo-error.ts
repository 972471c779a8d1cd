/** A mistake in what the demo was given, told in one line and without a stack. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}
