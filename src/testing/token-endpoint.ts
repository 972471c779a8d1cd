import { type Answer, empty, json } from './answers.ts';
import { grantable } from './scopes.ts';
import type { FakeHaloState } from './state.ts';

/** Texts are those of OpenIddict, the library behind Halo's authorisation server. */
const DESCRIPTIONS = {
  invalid_client: [401, 'The specified client credentials are invalid.', 'ID2055'],
  invalid_scope: [400, "The specified 'scope' is invalid.", 'ID2052'],
  invalid_request: [400, 'A mandatory parameter is missing.', 'ID2029'],
  unsupported_grant_type: [400, "The specified 'grant_type' is not supported.", 'ID2032'],
} as const;

/** Answers a token request as RFC 6749 and OpenIddict have it. @internal */
export function answerTokenRequest(
  state: FakeHaloState,
  form: URLSearchParams | null,
  tenant: string | undefined,
): Answer {
  if (state.quirks.wrongProduct) return empty(401);
  if (!form) return tokenError('invalid_request');
  // Halo's own error handling fails on a tenant it does not know.
  if (!isTenantRight(state, tenant ?? form.get('tenant') ?? undefined)) return empty(500);
  const grantType = form.get('grant_type');
  if (!grantType || !form.get('client_id')) return tokenError('invalid_request');
  if (grantType !== 'client_credentials') return tokenError('unsupported_grant_type');
  const { clientId, clientSecret } = state.credentials;
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
    return tokenError('invalid_client');
  }
  return grantToken(state, form.get('scope'));
}

function grantToken({ tokens, quirks }: FakeHaloState, scope: string | null): Answer {
  const asked = scope?.split(' ').filter(Boolean) ?? [...quirks.grantedScopes];
  const scopes = grantable(asked, quirks.grantedScopes);
  const refused = quirks.narrowsScope ? scopes.length === 0 : scopes.length < asked.length;
  if (refused) return tokenError('invalid_scope');
  const body = {
    scope: scopes.join(' '),
    token_type: 'Bearer',
    access_token: tokens.issue(scopes, quirks.tokenLifetimeSeconds),
    expires_in: quirks.tokenLifetimeSeconds,
    refresh_token: null,
    id_token: 'fake.id.token',
  };
  return json(body, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
}

function isTenantRight({ layout }: FakeHaloState, tenant: string | undefined): boolean {
  if (layout.tenantId === undefined) return true;
  // An authorisation server shared by many instances cannot do without; a customer's own host can.
  if (!tenant) return layout.authServer.origin === layout.resourceServer.origin;
  return tenant.toLowerCase() === layout.tenantId.toLowerCase();
}

function tokenError(error: keyof typeof DESCRIPTIONS): Answer {
  const [status, description, id] = DESCRIPTIONS[error];
  return json(
    {
      error,
      error_description: description,
      error_uri: `https://documentation.openiddict.com/errors/${id}`,
    },
    status,
  );
}
