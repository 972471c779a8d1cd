import type { MappingChange, MappingDocument } from '../../workflow/index.ts';
import type { CliContext } from '../context.ts';
import { nameText } from '../output/columns.ts';
import { plural, wrap } from '../output/text.ts';
import { accept, type Decider, ignore, mapTo, type Named, reject, unmap } from '../pending/decide.ts';
import type { PendingDecisions } from '../pending/pending-files.ts';
import { proposedCandidate, type Suggestions } from '../pending/suggestions.ts';
import { customerSearch } from './find-customers.ts';
import { candidatesOf, type Item, isOpen, organizationOf, proposedBy } from './queue.ts';
import { showItem } from './show-item.ts';

/** What a session works on. */
export interface SessionInput {
  readonly items: readonly Item[];
  readonly suggestions: Suggestions;
  readonly pending: PendingDecisions;
  /** The mapping as it is saved. */
  readonly document: MappingDocument | null;
  readonly isManyToOne: boolean;
  readonly decider: () => Decider;
}

/** Keys, and what each does; the same table answers `?`. */
const KEYS: readonly (readonly [key: string, does: string])[] = [
  ['a', 'accept the proposed customer (→)'],
  ['1-9', 'map to this candidate'],
  ['r', 'reject the first candidate for good'],
  ['/', 'search all customers'],
  ['i', 'ignore: it is meant to have no customer'],
  ['x', 'end the mapping (stale)'],
  ['s', 'skip'],
  ['b', 'back to the one before'],
  ['d', 'all reasons'],
  ['u', 'undo the last decision'],
  ['q', 'quit; decisions are kept'],
];
const DIGITS = '123456789';
const ALL_KEYS: ReadonlySet<string> = new Set([
  ...KEYS.flatMap(([key]) => (key === '1-9' ? [...DIGITS] : key)),
  '?',
]);
/** Why a key does nothing on an item; digits name their candidate. */
const IDLE_KEYS: Readonly<Record<string, string>> = {
  a: 'no customer is proposed',
  r: 'there is no candidate to reject',
  i: 'x ends the mapping',
  x: 'only a mapping that no longer holds is ended here',
};

/** Goes through the items with a person, one key a decision; each is on disk before the next is asked. */
export class ReviewSession {
  readonly #input: SessionInput;
  readonly #context: CliContext;
  readonly #search: ReturnType<typeof customerSearch>;
  /** Where the person was when each decision of this session was made. */
  readonly #history: number[] = [];
  #index = 0;
  #inFull = false;
  #isOver = false;

  constructor(input: SessionInput, context: CliContext) {
    this.#input = input;
    this.#context = context;
    this.#search = customerSearch(input.suggestions.customers);
  }

  /** Runs until the last item or until the person has had enough. */
  async run(): Promise<void> {
    const { items } = this.#input;
    const { err } = this.#context;
    const keys = 'a accept · 1-9 choose · r reject · / search · i ignore · s skip · u undo · q quit · ? help';
    await err.line(err.paint('dim', wrap(keys, err.width)));
    while (!this.#isOver) {
      const item = items[this.#index];
      if (item === undefined) return;
      if (!isOpen(item, this.#view)) {
        this.#index += 1;
        continue;
      }
      const position = `${this.#index + 1} of ${items.length}`;
      await showItem(err, item, { view: this.#view, position, inFull: this.#inFull });
      this.#inFull = false;
      await this.#act(item, await this.#key(item));
    }
  }

  /** Waits for a key that does something; others are told. */
  async #key(item: Item): Promise<string> {
    const { err, prompts } = this.#context;
    const working = keysFor(item, this.#view);
    for (;;) {
      const key = await prompts.key(ALL_KEYS);
      if (working.has(key)) return key;
      await err.line(err.paint('dim', `     ${key}: ${IDLE_KEYS[key] ?? `there is no candidate ${key}`}`));
    }
  }

  get #view(): MappingDocument {
    return this.#input.pending.view(this.#input.document);
  }

  async #act(item: Item, key: string): Promise<void> {
    if (DIGITS.includes(key)) return this.#choose(item, key);
    switch (key) {
      case 'a':
        return this.#accept(item);
      case 'r':
        return this.#reject(item);
      case '/':
        return this.#searchFor(item);
      case 'i':
        return this.#decide([ignore(organizationOf(item), this.#input.decider())], 'ignored');
      case 'x':
        return this.#decide(unmap(organizationOf(item).id), 'no longer mapped');
      case 'u':
        return this.#undo();
      case 'd':
        this.#inFull = true;
        return;
      case 's':
        this.#index += 1;
        return;
      case 'b':
        this.#index = this.#earlierOpen();
        return;
      case 'q':
        this.#isOver = true;
        return;
      default:
        return this.#help();
    }
  }

  async #accept(item: Item): Promise<void> {
    const customer = proposedBy(item, this.#view);
    if (customer !== null) await this.#map(item, customer);
  }

  async #choose(item: Item, key: string): Promise<void> {
    if (item.kind !== 'proposal') return;
    const candidate = candidatesOf(item, this.#view)[DIGITS.indexOf(key)];
    if (candidate !== undefined) await this.#map(item, candidate.customer);
  }

  async #searchFor(item: Item): Promise<void> {
    const customer = await this.#context.prompts.search('Customer', this.#search);
    if (customer !== null) await this.#map(item, customer);
  }

  async #map(item: Item, customer: Named): Promise<void> {
    const organization = organizationOf(item);
    const others = this.#view.entries
      .filter(({ mapped }) => String(mapped?.customerId) === String(customer.id))
      .filter(({ organizationId }) => String(organizationId) !== String(organization.id))
      .map(({ organizationName }) => nameText(organizationName));
    const isShared = others.length > 0 && !this.#input.isManyToOne;
    if (isShared) {
      const question = `${nameText(customer.name)} is mapped to ${others.join(', ')} already. Map it here as well?`;
      if (!(await this.#context.prompts.confirm(question))) return;
    }
    const who = this.#input.decider();
    const proposed = item.kind === 'proposal' ? proposedCandidate(item.proposal) : undefined;
    const change =
      proposed?.customer.id === customer.id
        ? accept(organization, proposed, who)
        : mapTo(organization, customer, 'manual', who);
    await this.#decide([change], `→ ${nameText(customer.name)} (${customer.id})`, isShared || undefined);
  }

  async #reject(item: Item): Promise<void> {
    if (item.kind !== 'proposal') return;
    const [first] = candidatesOf(item, this.#view);
    if (first === undefined) return;
    const change = reject(item.proposal.organization, first.customer, this.#input.decider());
    await this.#decide([change], `not ${nameText(first.customer.name)} (${first.customer.id})`);
    // The other candidates are still there to choose from.
    if (candidatesOf(item, this.#view).length === 0) this.#index += 1;
  }

  async #decide(changes: readonly MappingChange[], told: string, sharing?: true): Promise<void> {
    const { pending, document } = this.#input;
    await pending.decide(changes, document, sharing);
    this.#history.push(this.#index);
    await this.#context.err.line(`     ${this.#context.err.paint('green', told)}`);
  }

  async #undo(): Promise<void> {
    const { pending } = this.#input;
    const { err } = this.#context;
    if (pending.count === 0) return err.line('     nothing to undo');
    const [change, ...others] = pending.all.steps.at(-1)?.changes ?? [];
    await pending.undo();
    this.#index = this.#history.pop() ?? this.#index;
    await err.line(`     ${err.paint('yellow', `undone: ${undoneText(change, others.length)}`)}`);
  }

  /** The nearest item before this one that is not decided. */
  #earlierOpen(): number {
    const { items } = this.#input;
    const earlier = items.slice(0, this.#index).findLastIndex((item) => isOpen(item, this.#view));
    return earlier === -1 ? this.#index : earlier;
  }

  async #help(): Promise<void> {
    const { err } = this.#context;
    for (const [key, does] of KEYS) await err.line(`     ${err.paint('bold', key.padEnd(4))} ${does}`);
  }
}

function undoneText(change: MappingChange | undefined, others: number): string {
  const name =
    change !== undefined && 'organizationName' in change ? nameText(change.organizationName) : '1 change';
  return others === 0 ? name : `${name} and ${plural(others, 'other change')}`;
}

/** The keys that do something on an item. */
function keysFor(item: Item, view: MappingDocument): ReadonlySet<string> {
  const count = item.kind === 'proposal' ? candidatesOf(item, view).length : 0;
  return new Set([
    ...['s', '/', 'u', 'q', '?', 'd', 'b'],
    ...(proposedBy(item, view) === null ? [] : ['a']),
    ...(item.kind === 'stale' ? ['x'] : ['i']),
    ...(count > 0 ? ['r', ...DIGITS.slice(0, count)] : []),
  ]);
}
