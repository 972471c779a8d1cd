// One file for all that talks to a server, loaded when it is asked for: of several, the build would keep apart what each
// shares with the rest of the package, and every import would read more files.
export { createClientCredentialsMint } from './auth/client-credentials.ts';
export { createTransport } from './http/transport.ts';
export { askEndpoints } from './verify/ask-endpoints.ts';
export { reportConfigError, runVerification } from './verify/run-verification.ts';
