/** The best customer for one name. */
export interface Hit {
  /** Position in the list of customers. */
  readonly index: number;
  /** Higher is surer; comparable between the names of one set. */
  readonly score: number;
}

/** A library as the benchmark sees it. */
export interface Matcher {
  readonly id: string;
  /**
   * Prepares the customers and returns a function that finds the best one for a name, or null.
   *
   * @param customers names of the customers
   * @param organizations names that will be asked about: for statistics only
   */
  prepare(customers: readonly string[], organizations: readonly string[]): (name: string) => Hit | null;
}

/** A matcher that compares the name with every customer and keeps the first of the best. */
export function allPairs(
  id: string,
  similarity: (a: string, b: string) => number,
  prepareName: (name: string) => string = (name) => name,
): Matcher {
  return {
    id,
    prepare(customers) {
      const prepared = customers.map(prepareName);
      return (name) => {
        const asked = prepareName(name);
        let best: Hit | null = null;
        for (let index = 0; index < prepared.length; index++) {
          const score = similarity(asked, prepared[index]!);
          if (score > (best?.score ?? 0)) best = { index, score };
        }
        return best;
      };
    },
  };
}
