/** Results of one search, reused from query to query. @internal */
export interface GramHits {
  count: number;
  readonly documents: Int32Array;
  readonly scores: Float64Array;
}

/** Puts a document among the `wanted` best, equal scores by document number. @internal */
export function insertHit(hits: GramHits, wanted: number, document: number, score: number): void {
  const { documents, scores } = hits;
  if (score <= 0) return;
  if (hits.count === wanted) {
    const last = scores[wanted - 1]!;
    if (score < last || (score === last && document > documents[wanted - 1]!)) return;
  }
  let at = hits.count < wanted ? hits.count++ : wanted - 1;
  while (at > 0 && (scores[at - 1]! < score || (scores[at - 1] === score && documents[at - 1]! > document))) {
    scores[at] = scores[at - 1]!;
    documents[at] = documents[at - 1]!;
    at--;
  }
  scores[at] = score;
  documents[at] = document;
}
