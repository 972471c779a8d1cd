import { expect, it } from 'vitest';
import { traceHalo } from '../../examples/09-opentelemetry.ts';
import { findLeaks } from '../support/canary.ts';
import { createMemoryRig, healthyApi, status } from './memory-rig.ts';

it('every request becomes a span with the names of OpenTelemetry, and waits, resends and tokens become events', async () => {
  const spans: { name: string; attributes: object; failed: boolean }[] = [];
  const events: string[] = [];
  traceHalo(
    {
      startSpan(name, { attributes }) {
        const span = { name, attributes, failed: false };
        spans.push(span);
        return { setStatus: () => void Object.assign(span, { failed: true }), end: () => undefined };
      },
    },
    (name) => void events.push(name),
  );
  const rig = createMemoryRig({ api: [status(503), status(429), healthyApi], budget: {} });
  await rig.settle(rig.halo.clients.get(42));
  expect(spans.map(({ name, failed }) => [name, failed])).toEqual([
    ['GET /Client/{id}', true],
    ['GET /Client/{id}', true],
    ['GET /Client/{id}', false],
  ]);
  expect(spans[2]?.attributes).toMatchObject({
    'http.request.method': 'GET',
    'url.template': '/Client/{id}',
    'http.response.status_code': 200,
    'http.request.resend_count': 2,
  });
  expect(new Set(events)).toEqual(new Set(['halo token', 'halo retry', 'halo wait']));
  expect(findLeaks([spans, events], rig.canaries.all)).toEqual([]);
  await rig.close();
});
