import type { JudgedRow, JudgedSet } from './judge.ts';
export function renderErrors(judged: readonly JudgedSet[]): string {
  const out: string[] = [];
  for (const set of judged) {
    const wrong = set.rows.filter((r) => r.suggestion.status === 'matched' && !r.isCorrect);
    out.push(`\n# ${set.name}: ${wrong.length} wrong matched`);
    for (const r of wrong.sort((a, b) => b.suggestion.confidence - a.suggestion.confidence)) out.push(line(r));
    const rest = set.rows.filter((r) => r.suggestion.status !== 'matched' && !r.isCorrect && (r.suggestion.customer !== null || r.accepted.size > 0));
    out.push(`# ${set.name}: ${rest.length} other errors`);
    for (const r of rest.sort((a, b) => b.suggestion.confidence - a.suggestion.confidence)) out.push(line(r));
    const held = set.rows.filter((r) => r.suggestion.status === 'review' && r.isCorrect && r.suggestion.confidence > 0.9);
    out.push(`# ${set.name}: ${held.length} right but held for review`);
    for (const r of held) out.push(line(r));
  }
  return out.join('\n');
}
function line(r: JudgedRow): string {
  const s = r.suggestion;
  return `${s.confidence.toFixed(3)} ${s.status}${r.isMisleading ? '(h)' : ''}: "${s.organization.name}" -> "${s.customer?.name ?? s.candidates[0]?.customer.name ?? '-'}" (${(s.candidates[0]?.confidence ?? 0).toFixed(2)}) truth "${r.acceptedNames.join(' / ') || 'nobody'}" ${s.candidates.some((c) => r.accepted.has(String(c.customer.id))) ? 'listed' : ''}`;
}
