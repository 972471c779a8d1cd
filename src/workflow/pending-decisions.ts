import { applyChanges, emptyDocument, findEntry, type MappingChange } from './document-changes.ts';
import { diffDocuments, type MappingDiffRow } from './document-diff.ts';
import { findClashes, type MappingClash } from './find-clashes.ts';
import type { MappingDocument } from './types.ts';

/** Names as both sides have them now, by id as text. @internal */
export interface CurrentNames {
  readonly organizations: ReadonlyMap<string, string>;
  readonly customers: ReadonlyMap<string, string>;
}

const NO_NAMES: CurrentNames = { organizations: new Map(), customers: new Map() };

/** Changes that bring the names in a document up to date. */
function nameChanges(document: MappingDocument, { organizations, customers }: CurrentNames): MappingChange[] {
  const changes: MappingChange[] = [];
  const known = new Map<string, { customerId: string | number; customerName: string }>();
  for (const { organizationId, organizationName, mapped, rejected = [] } of document.entries) {
    const name = organizations.get(String(organizationId));
    if (name !== undefined && name !== '' && name !== organizationName)
      changes.push({ kind: 'rename-organization', organizationId, organizationName: name });
    for (const row of mapped === undefined ? rejected : [mapped, ...rejected]) {
      const current = customers.get(String(row.customerId));
      if (current !== undefined && current !== '' && current !== row.customerName)
        known.set(String(row.customerId), row);
    }
  }
  for (const [id, { customerId }] of known)
    changes.push({ kind: 'rename-customer', customerId, customerName: customers.get(id) ?? '' });
  return changes;
}

/**
 * A document as it was read, and the decisions made since, each of which can be undone and all of which can be put on
 * top of a newer document.
 *
 * @internal
 */
export class PendingDecisions {
  #base: MappingDocument | null = null;
  #steps: readonly (readonly MappingChange[])[] = [];
  #names: CurrentNames = NO_NAMES;
  #view: MappingDocument | undefined;
  readonly #instanceId: string;

  constructor(instanceId: string) {
    this.#instanceId = instanceId;
  }

  /** The document as it was read; null for none. */
  get base(): MappingDocument | null {
    return this.#base;
  }

  get steps(): number {
    return this.#steps.length;
  }

  /** The document with all decisions, as the next save would store it. */
  get view(): MappingDocument {
    this.#view ??= applyChanges(this.#start, this.#changes());
    return this.#view;
  }

  load(document: MappingDocument | null): void {
    this.#base = document;
    this.#view = undefined;
  }

  learn(names: CurrentNames): void {
    this.#names = names;
    this.#view = undefined;
  }

  /** The document as a save would leave it: that of the view, or the one that was read where they do not differ. */
  get document(): MappingDocument {
    return this.diff().some(({ kind }) => kind !== 'keep') ? this.view : this.#start;
  }

  /** Adds one step; returns whether it changes anything. */
  decide(changes: readonly MappingChange[]): boolean {
    const before = this.view;
    const after = { ...applyChanges(before, changes), revision: before.revision };
    const isChange = changes.some(
      (change) =>
        'organizationId' in change &&
        JSON.stringify(findEntry(before, change.organizationId)) !==
          JSON.stringify(findEntry(after, change.organizationId)),
    );
    if (!isChange) return false;
    this.#steps = [...this.#steps, changes];
    this.#view = after;
    return true;
  }

  /** Takes the last step back, unless it is one of the first `kept`; returns whether there was one. */
  undo(kept: number): boolean {
    if (this.#steps.length <= kept) return false;
    this.#set(this.#steps.slice(0, -1));
    return true;
  }

  diff(): MappingDiffRow[] {
    return diffDocuments(this.#base, this.view);
  }

  /** The first `steps` of the decisions are in this document now; null when they came to nothing. */
  saved(document: MappingDocument | null, steps: number): void {
    this.#base = document;
    this.#set(this.#steps.slice(steps));
  }

  /**
   * Puts all decisions on top of a newer document, and names the organizations where they undo what others decided, or
   * where they map a customer twice.
   */
  reapply(newer: MappingDocument | null, { isOneToOne }: { isOneToOne: boolean }): MappingClash[] {
    const before = this.#start;
    // Whoever saved the newer document may have read newer names.
    this.#names = NO_NAMES;
    this.load(newer);
    return findClashes({
      before,
      theirs: this.#start,
      yours: this.view,
      mayShare: isOneToOne ? undefined : () => true,
    });
  }

  #set(steps: readonly (readonly MappingChange[])[]): void {
    this.#steps = steps;
    this.#view = undefined;
  }

  get #start(): MappingDocument {
    return this.#base ?? this.#empty();
  }

  #empty(): MappingDocument {
    return emptyDocument(this.#instanceId);
  }

  #changes(): MappingChange[] {
    const decisions = this.#steps.flat();
    // Names last: a decision carries the name of its day.
    return [...decisions, ...nameChanges(applyChanges(this.#start, decisions), this.#names)];
  }
}
