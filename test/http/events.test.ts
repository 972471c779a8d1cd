import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it } from 'vitest';
import { createEvents, type HaloEventFields, type HaloEventName } from '../../src/http/events.ts';
import { createMemoryRig, healthyApi, status } from '../faults/memory-rig.ts';

const heard: unknown[] = [];
const listener = (message: unknown) => void heard.push(message);

afterEach(() => {
  unsubscribe('halo-psa', listener);
  heard.length = 0;
});

/** A logger that keeps its lines. */
function keeper() {
  const lines: [level: string, message: string, fields: unknown][] = [];
  const log = (level: string) => (message: string, fields: unknown) =>
    void lines.push([level, message, fields]);
  return {
    lines,
    logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
  };
}

describe('an event', () => {
  it('says nothing that is not on the list of facts, to the logger and to the channel', () => {
    const { lines, logger } = keeper();
    subscribe('halo-psa', listener);
    const more = {
      url: 'https://x/?q=1',
      body: '{}',
      authorization: 'Bearer x',
      headers: {},
      token: 'x',
      name: 'x',
    };
    createEvents(logger).emit('request', { method: 'GET', status: 200, ...more } as HaloEventFields);
    expect(lines).toEqual([['debug', 'Halo request', { method: 'GET', status: 200 }]]);
    expect(heard).toEqual([{ name: 'request', method: 'GET', status: 200 }]);
  });

  it('leaves out what is undefined and rounds numbers', () => {
    const { lines, logger } = keeper();
    createEvents(logger).emit('request', { status: undefined, ms: 12.6 });
    expect(lines).toEqual([['debug', 'Halo request', { ms: 13 }]]);
  });

  it.each<[HaloEventName, HaloEventFields, string]>([
    ['request', { status: 500 }, 'debug'],
    ['retry', { waitMs: 5000 }, 'info'],
    ['wait', { waitMs: 1000 }, 'debug'],
    ['wait', { waitMs: 1001 }, 'warn'],
    ['wait', {}, 'debug'],
    ['token', { expiresInMs: 3_600_000 }, 'debug'],
    ['drift', { reason: 'invalid-utf-8' }, 'warn'],
  ])('%s %j is logged at %s', (name, fields, level) => {
    const { lines, logger } = keeper();
    createEvents(logger).emit(name, fields);
    expect(lines.map(([at]) => at)).toEqual([level]);
  });

  it('that nobody hears reads none of its facts', () => {
    const facts = new Proxy({}, { get: () => expect.unreachable('a fact was read') });
    createEvents(undefined).emit('request', facts);
    createEvents({ warn: () => undefined }).emit('request', facts);
  });
});

it('a call tells of its token, its requests, its resend and its wait, each with all that is known', async () => {
  subscribe('halo-psa', listener);
  const rig = createMemoryRig({
    api: [
      status(503, { 'retry-after': '3' }),
      status(429, { 'retry-after': '7', 'x-request-id': 'r-1' }),
      healthyApi,
    ],
    budget: {},
  });
  const startMs = rig.clock.nowMs();
  await rig.settle(rig.halo.clients.get(42));
  const call = { method: 'GET', path: '/Client/{id}' };
  expect(heard).toEqual([
    { name: 'token', expiresInMs: 3_600_000 },
    { name: 'request', ...call, attempt: 1, status: 503, reason: 'unavailable', ms: 0 },
    { name: 'retry', ...call, attempt: 1, reason: 'unavailable', waitMs: 3000 },
    { name: 'request', ...call, attempt: 2, status: 429, reason: 'limited', ms: 0, requestId: 'r-1' },
    {
      name: 'wait',
      ...call,
      attempt: 2,
      reason: 'rate-limit',
      waitMs: 7000,
      untilMs: startMs + 10_000,
      queued: 1,
    },
    { name: 'request', ...call, attempt: 3, status: 200, ms: 0 },
  ]);
});

it('a name that is no UTF-8 is told as drift', async () => {
  subscribe('halo-psa', listener);
  const body = new Uint8Array([...new TextEncoder().encode('{"id":1,"name":"Zo'), 0xeb, 0x22, 0x7d]);
  const rig = createMemoryRig({
    api: [() => new Response(body, { headers: { 'content-type': 'application/json' } })],
  });
  await rig.settle(rig.halo.clients.get(1));
  const drift = { name: 'drift', method: 'GET', path: '/Client/{id}', attempt: 1, reason: 'invalid-utf-8' };
  expect(heard.at(-1)).toEqual(drift);
});
