import type { Command } from 'commander';
import { createJsonFileStore } from '../../stores/index.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import {
  addByOption,
  addCardinalityOption,
  addMappingFileOptions,
  type DeciderOptions,
  deciderOf,
  isManyToOne,
  type MatchingOptions,
} from '../mapping-options.ts';
import { plural, wrap } from '../output/text.ts';
import { acceptAll } from '../pending/decide.ts';
import { type MappingFileOptions, mappingFiles } from '../pending/mapping-files.ts';
import { PendingDecisions, readSuggestions } from '../pending/pending-files.ts';
import { type Item, isOpen, queueOf } from '../review/queue.ts';
import { ReviewSession, type SessionInput } from '../review/session.ts';
import { statusListOption } from '../status-list.ts';
import { UsageError } from '../usage-error.ts';
import { save } from './save.ts';

interface ReviewOptions extends MappingFileOptions, MatchingOptions, DeciderOptions {
  readonly status?: ReadonlySet<string> | undefined;
}

const STATUSES = ['stale', 'review', 'conflict', 'matched', 'unmatched'] as const;

/** Declares `halo-psa review`. */
export function define(command: Command, act: Act): void {
  addByOption(addCardinalityOption(addMappingFileOptions(command)))
    .addOption(statusListOption(STATUSES))
    .addHelpText(
      'after',
      `
Goes through what the last "suggest" found: the matched suggestions, to be taken all at once; then what no longer holds,
and the other proposals, the surest first. One key decides, "?" lists the keys. Every decision is on disk at once, in
mapping.decisions.json, until "save"; stop whenever you like.

Example:
  $ halo-psa review --status review,conflict`,
    )
    .action(act(review));
}

const review: Handler<ReviewOptions> = async (options, context) => {
  const { err, prompts } = context;
  if (!prompts.isInteractive) {
    throw new UsageError(
      'A review needs a terminal',
      'Use halo-psa export and import, to decide in a spreadsheet or a program.',
    );
  }
  const files = mappingFiles(options, context);
  const suggestions = await readSuggestions(files);
  const pending = await PendingDecisions.open(files, suggestions.instanceId);
  const document = await createJsonFileStore(files.mapping, { instanceId: suggestions.instanceId }).load();
  const items = queueOf(suggestions, options.status ?? new Set(STATUSES));
  const input: SessionInput = {
    items: items.filter((item) => isOpen(item, pending.view(document))),
    suggestions,
    pending,
    document,
    isManyToOne: isManyToOne(options),
    decider: () => deciderOf(options, context),
  };
  if (input.items.length === 0) await err.line('Nothing is left to decide.');
  else await new ReviewSession(await withoutMatched(input, options, context), context).run();
  if (pending.count === 0) return EXIT.ok;
  await err.line(`\n${plural(pending.count, 'decision')} not saved yet:`);
  return save(options, context);
};

/** Matched suggestions are safe without a look: they are offered as one. */
async function withoutMatched(
  input: SessionInput,
  options: ReviewOptions,
  context: CliContext,
): Promise<SessionInput> {
  const { err, prompts } = context;
  const isMatched = (item: Item) => item.kind === 'proposal' && item.proposal.status === 'matched';
  const matched = input.items.filter(isMatched);
  if (matched.length === 0 || options.status?.has('matched') === true) return input;
  const question =
    `${err.paint('green', plural(matched.length, 'suggestion is', 'suggestions are'))} matched, sure enough to take together: ` +
    `${err.paint('bold', 'a')} accept all, ${err.paint('bold', 'l')} look at each, ${err.paint('bold', 's')} leave them`;
  await err.line(wrap(question, err.width));
  const key = await prompts.key(new Set(['a', 'l', 's', 'q']));
  if (key === 'l') return input;
  if (key === 'a') {
    const proposals = matched.flatMap((item) => (item.kind === 'proposal' ? [item.proposal] : []));
    const changes = acceptAll(proposals, 'matched', input.decider());
    await input.pending.decide(changes, input.document);
    await err.line(`     ${err.paint('green', `${changes.length} accepted`)}; u takes all of them back`);
  }
  return { ...input, items: key === 'q' ? [] : input.items.filter((item) => !isMatched(item)) };
}
