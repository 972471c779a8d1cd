import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokenAnswer } from '../../src/auth/token-answer.ts';
import { HaloAuthError } from '../../src/errors.ts';
import { findLeaks } from '../support/canary.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { answer, grant, JSON_TYPE, mintAt, SECRET, TOKEN, tokenEndpoint } from './token-endpoint.ts';

async function mint(reply: Response) {
  const clock = createVirtualClock();
  const endpoint = tokenEndpoint(clock, reply);
  const result = await clock.settle(
    mintAt(endpoint, clock)({ resend: true }).catch((error: unknown) => error),
  );
  return { result, requests: endpoint.requests.length, pending: clock.pending() };
}

const HTML = '<!DOCTYPE html><html><body>Sign in</body></html>';
const PAGE = { 'content-type': 'text/html; charset=utf-8' };
const TOKEN_FIELD = 'HALO_AUTH_RESPONSE_ACCESS_TOKEN';
const LIFETIME_FIELD = 'HALO_AUTH_RESPONSE_EXPIRES_IN';
const TYPE_FIELD = 'HALO_AUTH_RESPONSE_TOKEN_TYPE';
const without = (field: string) =>
  Object.fromEntries(Object.entries(grant()).filter(([name]) => name !== field));
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const REFUSED: readonly (readonly [title: string, reply: Response, code: string])[] = [
  ['a login page', answer(200, HTML, PAGE), 'HALO_AUTH_RESPONSE_HTML'],
  ['a login page called JSON', answer(200, HTML), 'HALO_AUTH_RESPONSE_HTML'],
  [
    'JSON called text/plain',
    answer(200, grant(), { 'content-type': 'text/plain' }),
    'HALO_AUTH_RESPONSE_CONTENT_TYPE',
  ],
  ['JSON of no type', new Response(latin(JSON.stringify(grant()))), 'HALO_AUTH_RESPONSE_CONTENT_TYPE'],
  [
    'UTF-16',
    answer(200, grant(), { 'content-type': 'application/json; charset=utf-16' }),
    'HALO_AUTH_RESPONSE_CONTENT_TYPE',
  ],
  ['no body', new Response(null, { headers: JSON_TYPE }), 'HALO_AUTH_RESPONSE_JSON'],
  ['broken JSON', answer(200, `{"access_token":"${TOKEN}"`), 'HALO_AUTH_RESPONSE_JSON'],
  ['an array', answer(200, [grant()]), 'HALO_AUTH_RESPONSE_JSON'],
  ['a text', answer(200, JSON.stringify(TOKEN)), 'HALO_AUTH_RESPONSE_JSON'],
  ['null', answer(200, 'null'), 'HALO_AUTH_RESPONSE_JSON'],
  ['deep nesting', answer(200, '['.repeat(30_000)), 'HALO_AUTH_RESPONSE_JSON'],
  ['more than 64 KiB', answer(200, grant({ padding: 'x'.repeat(66_000) })), 'HALO_AUTH_RESPONSE_TOO_LARGE'],
  ['no access_token', answer(200, without('access_token')), TOKEN_FIELD],
  ['a token in the prototype', answer(200, `{"__proto__": ${JSON.stringify(grant())}}`), TOKEN_FIELD],
  ...['', ' ', 1, {}, [], null, true, [TOKEN]].map(
    (token) =>
      [
        `access_token ${JSON.stringify(token)}`,
        answer(200, grant({ access_token: token })),
        TOKEN_FIELD,
      ] as const,
  ),
  ...[
    'a\nb',
    'a\r\nb',
    'a\0b',
    'a\u0100b',
    'a\ud800b',
    ' a',
    'a ',
    'a b',
    'a\tb',
    'a\u007fb',
    'x'.repeat(20_000),
  ].map(
    (token) =>
      [
        `access_token ${JSON.stringify(token).slice(0, 20)}`,
        answer(200, grant({ access_token: token })),
        TOKEN_FIELD,
      ] as const,
  ),
  ['no token_type', answer(200, without('token_type')), TYPE_FIELD],
  ...['mac', '', 'Bearer ', null, 1].map(
    (type) =>
      [`token_type ${JSON.stringify(type)}`, answer(200, grant({ token_type: type })), TYPE_FIELD] as const,
  ),
  ...[
    0,
    -1,
    0.9,
    1e308,
    {},
    [],
    true,
    false,
    'NaN',
    '-5',
    '1e3',
    '0x10',
    '',
    'soon',
    '9'.repeat(20),
    '3600s',
  ].map(
    (value) =>
      [
        `expires_in ${JSON.stringify(value)}`,
        answer(200, grant({ expires_in: value })),
        LIFETIME_FIELD,
      ] as const,
  ),
  ['expires_in 1e309', answer(200, JSON.stringify(grant()).replace('3600', '1e309')), LIFETIME_FIELD],
  ['invalid_client', answer(400, { error: 'invalid_client' }), 'HALO_AUTH_INVALID_CLIENT'],
  [
    'invalid_client as 401',
    answer(401, { error: 'invalid_client', error_description: 'x' }),
    'HALO_AUTH_INVALID_CLIENT',
  ],
  ['invalid_scope', answer(400, { error: 'invalid_scope' }), 'HALO_AUTH_INVALID_SCOPE'],
  ['unauthorized_client', answer(400, { error: 'unauthorized_client' }), 'HALO_AUTH_REJECTED'],
  ['unsupported_grant_type', answer(400, { error: 'unsupported_grant_type' }), 'HALO_AUTH_REJECTED'],
  ['invalid_grant', answer(400, { error: 'invalid_grant' }), 'HALO_AUTH_REJECTED'],
  ['an error of its own', answer(400, { error: SECRET }), 'HALO_AUTH_REJECTED'],
  ['an error that is no text', answer(400, { error: { a: 1 } }), 'HALO_AUTH_REJECTED'],
  ['401 without a body', answer(401, ''), 'HALO_AUTH_REJECTED'],
  ['401 with a page', answer(401, HTML, PAGE), 'HALO_AUTH_RESPONSE_HTML'],
  ['403 with a page', answer(403, HTML, PAGE), 'HALO_AUTH_RESPONSE_HTML'],
  ['403', answer(403, ''), 'HALO_AUTH_REJECTED'],
  ['404', answer(404, HTML, PAGE), 'HALO_AUTH_NO_TOKEN_ENDPOINT'],
  ['405', answer(405, ''), 'HALO_AUTH_NO_TOKEN_ENDPOINT'],
  ['201', answer(201, grant()), 'HALO_AUTH_RESPONSE_STATUS'],
  ['204', new Response(null, { status: 204 }), 'HALO_AUTH_RESPONSE_STATUS'],
  ['418', answer(418, { error: 'invalid_client' }), 'HALO_AUTH_RESPONSE_STATUS'],
  ['400 with a huge body', answer(400, 'x'.repeat(100_000)), 'HALO_AUTH_REJECTED'],
];

describe('an answer that is no usable token is a HaloAuthError after one request', () => {
  it.each(REFUSED)('%s', async (_, reply, code) => {
    const { result, requests, pending } = await mint(reply);
    expect(result).toBeInstanceOf(HaloAuthError);
    expect(result).toMatchObject({
      code,
      status: reply.status,
      method: 'POST',
      path: '/auth/token',
      attempts: 1,
      retryable: false,
      tokenEndpoint: 'https://acme.halopsa.com/auth/token',
    });
    const error = result as HaloAuthError;
    expect(error.hint).toMatch(/API Details|View Applications/);
    expect(error.message.length).toBeLessThanOrEqual(1024);
    expect(error.message).not.toMatch(/[\r\n]/);
    expect(findLeaks(error, [SECRET, TOKEN])).toEqual([]);
    expect([requests, pending]).toEqual([1, 0]);
  });

  it('covers 60 answers and more', () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(60);
  });
});

describe('a usable token is taken', () => {
  it.each([
    ['as Halo sends it', grant(), 3_600_000],
    ['token_type in any case', grant({ token_type: 'BEARER' }), 3_600_000],
    ['a lifetime in a text', grant({ expires_in: '3600' }), 3_600_000],
    ['a lifetime in a text with spaces', grant({ expires_in: ' 3600 ' }), 3_600_000],
    ['a broken lifetime, rounded down', grant({ expires_in: 3599.9 }), 3_599_000],
    ['the shortest lifetime', grant({ expires_in: 1 }), 1000],
    ['no lifetime: five minutes', without('expires_in'), 300_000],
    ['a null lifetime: five minutes', grant({ expires_in: null }), 300_000],
    ['a token of 16 KiB', grant({ access_token: 'x'.repeat(16_384) }), 3_600_000],
    [
      'keys of the prototype',
      JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(grant()).slice(1)}`),
      3_600_000,
    ],
  ])('%s', async (_, body, lifetimeMs) => {
    const { result } = await mint(answer(200, body));
    expect(result).toMatchObject({ token: body.access_token, lifetimeMs });
  });

  it.each(['application/json', 'application/json;charset=UTF-8', 'text/json', 'application/vnd.halo+json'])(
    'of type %s',
    async (type) => {
      expect((await mint(answer(200, grant(), { 'content-type': type }))).result).toMatchObject({
        token: TOKEN,
      });
    },
  );
});

describe('the error says where the administrator should look', () => {
  const question = { tokenEndpoint: 'https://acme.halopsa.com/auth/token', scope: 'all', tenantId: 'acme' };
  const hint = (status: number, body: object, more: object = {}) => {
    const text = JSON.stringify(body);
    const reading = readTokenAnswer(
      { status, mediaType: 'application/json', text },
      { ...question, ...more },
    );
    return reading.kind === 'refusal' ? reading.hint : '';
  };

  it('a wrong secret: application, then tenant and host; on-premise: the authorisation server', () => {
    expect(hint(401, { error: 'invalid_client' })).toMatch(/clientSecret.*View Applications.*tenant.*host/);
    expect(hint(401, { error: 'invalid_client' }, { tenantId: undefined })).toMatch(/authServer/);
    expect(hint(401, { error: 'invalid_client' }, { tenantId: undefined })).not.toMatch(/tenant/);
  });

  it.each([
    ['read:agents', /no scope 'read:agents': agents can be read with any scope/],
    ['all read:teams read:clients', /'read:teams'.*'read:clients'.*'read:customers'/],
    ['read:customers', /tick each scope/],
    ['read:constructor', /no scope 'read:constructor'\./],
  ])('the scope %s', (scope, says) => {
    expect(hint(400, { error: 'invalid_scope' }, { scope })).toMatch(says);
  });

  it('a grant that the application may not use, an agent that cannot log in, a wrong host', () => {
    expect(hint(400, { error: 'unauthorized_client' })).toMatch(/Client ID and Secret \(Services\)/);
    expect(hint(400, { error: 'invalid_grant' })).toMatch(/agent that is not disabled/);
    expect(hint(404, {})).toMatch(/authServer/);
    expect(hint(200, [])).toMatch(/proxy, firewall or login page/);
  });
});

describe('whatever JSON arrives', () => {
  it('is a usable token or a refusal, and never an exception', () => {
    const question = { tokenEndpoint: 'https://x/token', scope: 'all', tenantId: undefined };
    const field = fc.oneof(fc.jsonValue(), fc.string(), fc.double(), fc.constant('Bearer'));
    const body = fc.record(
      { access_token: field, token_type: field, expires_in: field },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.jsonValue()), fc.integer({ min: 200, max: 599 }), (value, status) => {
        const text = JSON.stringify(value);
        const reading = readTokenAnswer({ status, mediaType: 'application/json', text }, question);
        if (reading.kind === 'refusal') return;
        expect(reading.token).toMatch(/^[\x21-\x7e]{1,16384}$/);
        expect(reading.lifetimeMs).toBeGreaterThanOrEqual(1000);
        expect(Number.isSafeInteger(reading.lifetimeMs)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
