import {
  applyChanges,
  type ChangedOrganization,
  emptyDocument,
  findEntry,
  type MappingChange,
} from './document-changes.ts';
import { diffDocuments, type MappingDiffRow } from './document-diff.ts';
import type { MappingDocument, MappingEntry } from './types.ts';

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
 * An organization that was decided here and, meanwhile, otherwise elsewhere; or one that was mapped here to a customer
 * that someone else has mapped to another organization meanwhile.
 */
export interface MappingClash {
  organizationId: string | number;
  organizationName: string;
  /** As someone else saved it; null for no entry. */
  theirs: MappingEntry | null;
  /** As the decisions waiting here would leave it; null for no entry. */
  yours: MappingEntry | null;
  /** Organizations that got the same customer elsewhere; empty where many may share one. */
  alsoMappedTo: ChangedOrganization[];
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
    return differing(this.#start, this.view).length > 0 ? this.view : this.#start;
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
    const taken = isOneToOne ? newlyTaken(before, this.#start, this.view) : NOBODY;
    return differing(this.#start, this.view).flatMap(
      ({ organizationId, organizationName, before: theirs, after: yours }) => {
        const theirOutcome = outcomeOf(theirs);
        if (theirOutcome === outcomeOf(yours)) return [];
        const isUndone = theirOutcome !== outcomeOf(findEntry(before, organizationId));
        const alsoMappedTo = taken.get(String(yours?.mapped?.customerId)) ?? [];
        if (!isUndone && alsoMappedTo.length === 0) return [];
        return [{ organizationId, organizationName, theirs, yours, alsoMappedTo }];
      },
    );
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

function differing(before: MappingDocument, after: MappingDocument): MappingDiffRow[] {
  return diffDocuments(before, after).filter(({ kind }) => kind !== 'keep');
}

const NOBODY: ReadonlyMap<string, ChangedOrganization[]> = new Map();

/** Organizations by the customer, as text, that `newer` gives them, `older` does not, and `view` leaves them. */
function newlyTaken(
  older: MappingDocument,
  newer: MappingDocument,
  view: MappingDocument,
): Map<string, ChangedOrganization[]> {
  const outcomes = ({ entries }: MappingDocument) =>
    new Map(entries.map((entry) => [String(entry.organizationId), outcomeOf(entry)]));
  const [was, is] = [outcomes(older), outcomes(view)];
  const taken = new Map<string, ChangedOrganization[]>();
  for (const entry of newer.entries) {
    const { organizationId, organizationName, mapped } = entry;
    const id = String(organizationId);
    const outcome = outcomeOf(entry);
    if (mapped === undefined || was.get(id) === outcome || is.get(id) !== outcome) continue;
    const customerId = String(mapped.customerId);
    taken.set(customerId, [...(taken.get(customerId) ?? []), { organizationId, organizationName }]);
  }
  return taken;
}

/** What was decided about an organization, leaving out names and rejections, which stand beside each other. */
function outcomeOf(entry: MappingEntry | null | undefined): string {
  if (entry?.mapped !== undefined) return `mapped ${entry.mapped.customerId}`;
  return entry?.ignored === undefined ? 'open' : 'ignored';
}
