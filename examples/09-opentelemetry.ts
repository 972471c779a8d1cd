// One OpenTelemetry span for each request that the SDK sends; waits for the rate limit, resends and new tokens become
// events. Nothing is published while nobody listens, and no fact ever holds a token, a query value or a row.
import { subscribe } from 'node:diagnostics_channel';

type Facts = Record<string, string | number | boolean | undefined>;
/** The part of `@opentelemetry/api` in use: pass `trace.getTracer('halo-psa')`. 2 is both `SpanKind.CLIENT` and `SpanStatusCode.ERROR`. */
interface Tracer {
  startSpan(name: string, options: { kind: 2; startTime: number; attributes: Facts }): Span;
}
type Span = { setStatus(status: { code: 2 }): unknown; end(endTime: number): void };

/** `addEvent` is, for instance, `(name, facts) => trace.getActiveSpan()?.addEvent(name, facts)`. */
export function traceHalo(tracer: Tracer, addEvent: (name: string, facts: Facts) => void): void {
  subscribe('halo-psa', (message) => {
    const { name, ...facts } = message as { name: string } & Facts;
    if (name !== 'request') return addEvent(`halo ${name}`, facts);
    const endTime = Date.now();
    const startTime = endTime - Number(facts.ms);
    const attributes = {
      'http.request.method': facts.method,
      'url.template': facts.path,
      'http.response.status_code': facts.status,
      'http.request.resend_count': Number(facts.attempt) - 1 || undefined,
      'error.type': facts.reason,
    };
    const span = tracer.startSpan(`${facts.method} ${facts.path}`, { kind: 2, startTime, attributes });
    if (facts.reason !== undefined) span.setStatus({ code: 2 });
    span.end(endTime);
  });
}
