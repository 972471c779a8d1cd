// Turns what the SDK publishes on the diagnostics channel `halo-psa` into spans. Nothing is published at any cost while
// nobody listens, and no event ever holds a token, a query value or a row.
//
// `Tracer` is the part of `@opentelemetry/api` that is used: pass `trace.getTracer('halo-psa')`. One span is one request
// that was sent (`request`), named by method and path template, with its attempt as an attribute; a wait for the rate
// limit, a resend and a new token are events on the span that is active then.
import { subscribe } from 'node:diagnostics_channel';

type Attributes = Record<string, string | number | boolean>;
interface Tracer {
  startSpan(
    name: string,
    options: { kind: number; startTime: number; attributes: Attributes },
  ): {
    setStatus(status: { code: number }): void;
    end(endTime: number): void;
  };
}

const CLIENT = 2; // SpanKind.CLIENT
const ERROR = 2; // SpanStatusCode.ERROR

export function traceHalo(tracer: Tracer, addEvent: (name: string, attributes: Attributes) => void): void {
  subscribe('halo-psa', (message) => {
    const { name, ...facts } = message as { name: string } & Attributes;
    if (name !== 'request') return addEvent(`halo ${name}`, facts);
    const [endTime, attributes] = [Date.now(), semantic(facts)];
    const startTime = endTime - Number(facts.ms);
    const span = tracer.startSpan(`${facts.method} ${facts.path}`, { kind: CLIENT, startTime, attributes });
    if (facts.status === undefined || Number(facts.status) >= 400) span.setStatus({ code: ERROR });
    span.end(endTime);
  });
}

/** The names of OpenTelemetry's conventions for HTTP clients, where there is one. */
function semantic({ method, path, status, attempt, ...others }: Attributes): Attributes {
  const named = { 'http.request.method': method, 'url.template': path, 'http.response.status_code': status };
  const resends = Number(attempt) > 1 ? { 'http.request.resend_count': Number(attempt) - 1 } : {};
  const known = Object.entries({ ...named, ...resends }).filter(([, value]) => value !== undefined);
  const ours = Object.entries(others).map(([name, value]) => [`halo.${name}`, value]);
  return Object.fromEntries([...known, ...ours]) as Attributes;
}
