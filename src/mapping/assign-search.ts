import type { AssignmentGraph } from './assign-graph.ts';
import { NumberHeap } from './assign-heap.ts';

/**
 * Maximum-weight matching by shortest augmenting paths on the sparse graph: the method of Jonker and Volgenant
 * (Computing 38, 1987) with Dijkstra's search over reduced costs, and with "stay without a customer" as a choice of
 * weight 0 for every organization. Organizations are added one at a time; after each the matching is optimal for
 * those added, because three things hold: slack = price(o) + price(c) - weight >= 0 for every edge, slack = 0 for
 * matched edges, and price = 0 for whoever has no partner. All numbers are integers, so they hold exactly.
 *
 * @internal
 */
export class AugmentingSearch {
  readonly customerOf: Int32Array;
  readonly organizationOf: Int32Array;
  readonly organizationPrice: Float64Array;
  readonly customerPrice: Float64Array;
  readonly #graph: AssignmentGraph;
  readonly #heap = new NumberHeap();
  /** Distance from the new organization, for customers that the search has reached. */
  readonly #distance: Float64Array;
  readonly #reachedFrom: Int32Array;
  /** Number of the search that last reached a customer; stands for clearing the arrays. */
  readonly #reachedIn: Int32Array;
  readonly #scannedCustomers: number[] = [];
  #searchNumber = 0;
  #newcomer = -1;
  #best = 0;
  /** Where the shortest path ends: a free customer, or an organization that gives its customer up. */
  #endsAtCustomer = -1;
  #endsAtOrganization = -1;
  /** Edges looked at since the start. */
  edgesScanned = 0;

  constructor(graph: AssignmentGraph) {
    this.#graph = graph;
    this.customerOf = new Int32Array(graph.organizationCount).fill(-1);
    this.organizationOf = new Int32Array(graph.customerCount).fill(-1);
    this.organizationPrice = new Float64Array(graph.organizationCount);
    this.customerPrice = new Float64Array(graph.customerCount);
    this.#distance = new Float64Array(graph.customerCount);
    this.#reachedFrom = new Int32Array(graph.customerCount);
    this.#reachedIn = new Int32Array(graph.customerCount);
  }

  /** Starts to add an organization. */
  begin(organization: number): void {
    this.#searchNumber++;
    this.#newcomer = organization;
    this.#scannedCustomers.length = 0;
    this.#heap.clear();
    const { start, weight } = this.#graph;
    let highest = 0;
    for (let e = start[organization]!; e < start[organization + 1]!; e++) {
      if (weight[e]! > highest) highest = weight[e]!;
    }
    // The lowest price at which no edge has negative slack, customer prices being at least 0.
    this.organizationPrice[organization] = highest;
    this.#best = Number.POSITIVE_INFINITY;
    this.#scan(organization, 0);
  }

  /** Searches on until `edgeBudget` edges have been looked at; true when the organization has been added. */
  advance(edgeBudget: number): boolean {
    const stopAt = this.edgesScanned + edgeBudget;
    while (this.#heap.minKey < this.#best) {
      if (this.edgesScanned >= stopAt) return false;
      const distance = this.#heap.minKey;
      const customer = this.#heap.pop();
      // An entry that a shorter way has replaced.
      if (distance > this.#distance[customer]!) continue;
      this.#scannedCustomers.push(customer);
      this.#scan(this.organizationOf[customer]!, distance);
    }
    this.#reprice();
    this.#augment();
    return true;
  }

  /** Looks at what an organization in the tree could do instead: take another customer, or none. */
  #scan(organization: number, distance: number): void {
    const { start, customer, weight } = this.#graph;
    const price = this.organizationPrice[organization]!;
    if (distance + price < this.#best) {
      this.#best = distance + price;
      this.#endsAtOrganization = organization;
      this.#endsAtCustomer = -1;
    }
    const end = start[organization + 1]!;
    this.edgesScanned += end - start[organization]! + 1;
    for (let e = start[organization]!; e < end; e++) {
      const c = customer[e]!;
      const reached = distance + price + this.customerPrice[c]! - weight[e]!;
      if (reached >= this.#best) continue;
      if (this.#reachedIn[c] === this.#searchNumber && reached >= this.#distance[c]!) continue;
      this.#reachedIn[c] = this.#searchNumber;
      this.#distance[c] = reached;
      this.#reachedFrom[c] = organization;
      if (this.organizationOf[c] === -1) {
        this.#best = reached;
        this.#endsAtCustomer = c;
        this.#endsAtOrganization = -1;
      } else {
        this.#heap.push(reached, c);
      }
    }
  }

  /** Moves the prices in the tree so that the path found has no slack. */
  #reprice(): void {
    this.organizationPrice[this.#newcomer]! -= this.#best;
    for (const customer of this.#scannedCustomers) {
      const change = this.#best - this.#distance[customer]!;
      this.customerPrice[customer]! += change;
      this.organizationPrice[this.organizationOf[customer]!]! -= change;
    }
  }

  /** Hands the customers along the path on. */
  #augment(): void {
    let customer = this.#endsAtCustomer;
    if (customer === -1) {
      customer = this.customerOf[this.#endsAtOrganization]!;
      this.customerOf[this.#endsAtOrganization] = -1;
    }
    while (customer !== -1) {
      const organization = this.#reachedFrom[customer]!;
      const given = this.customerOf[organization]!;
      this.customerOf[organization] = customer;
      this.organizationOf[customer] = organization;
      customer = given;
    }
  }
}
