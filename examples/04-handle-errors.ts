/** Switches on the stable code of an error; TypeScript knows every code. */
import { configFromEnv, createHaloClient, isHaloError } from 'halo-psa';

const halo = createHaloClient(configFromEnv());

try {
  await halo.clients.update(42, { ref: 'C-0042' });
} catch (error) {
  if (!isHaloError(error)) throw error;
  switch (error.code) {
    case 'HALO_NOT_FOUND':
      console.error('Customer 42 has been deleted.');
      break;
    case 'HALO_VALIDATION_REJECTED':
      for (const { field, message } of error.issues) console.error(field ?? 'request', message);
      break;
    case 'HALO_WRITE_UNCERTAIN':
      console.error('Look before you write again:', error.lookup);
      break;
    default:
      console.error(error.message, error.retryable ? 'Try again later.' : error.hint);
  }
}
