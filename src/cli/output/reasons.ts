/** As much of a piece of evidence as its place in a list depends on. */
interface Weighed {
  readonly kind: string;
  readonly weight: number;
}

/** Returns the heaviest reasons first. The base rate is last, whatever it weighs: it is the same for every pair. */
export function heaviestFirst<Reason extends Weighed>(evidence: readonly Reason[]): Reason[] {
  const heft = ({ kind, weight }: Weighed) => (kind === 'start' ? 0 : Math.abs(weight));
  return evidence.toSorted((a, b) => heft(b) - heft(a));
}
