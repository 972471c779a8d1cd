// One file for all that is loaded when it is asked for: of several, the build would keep apart what each shares with the
// rest of the package, and every import would read more files.
export { askEndpoints } from './ask-endpoints.ts';
export { reportConfigError, runVerification } from './run-verification.ts';
