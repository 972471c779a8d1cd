import { z } from 'zod';
import {
  applyChanges,
  emptyDocument,
  findEntry,
  type MappingChange,
  type MappingDocument,
  type MappingEntry,
  mappingDocumentSchema,
} from '../../workflow/index.ts';

/** One step of a person or a job, which `undo` takes back as a whole. */
export interface Decision {
  readonly changes: readonly MappingChange[];
  /** The saved entries of the organizations concerned, as they were when it was decided. */
  readonly seen: readonly MappingEntry[];
  /** A person has agreed that the customer is mapped to another organization as well. */
  readonly sharing?: true | undefined;
}

/** What was decided and is not saved yet. */
export interface Decisions {
  readonly format: 'halo-psa-decisions';
  readonly version: 1;
  readonly instanceId: string;
  readonly steps: readonly Decision[];
}

const idSchema = z.union([z.string(), z.number()]);
const concerning = { organizationId: idSchema, organizationName: z.string() };

/** The parts that make each kind; whether they are sound shows when they are applied. */
const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('map'), ...concerning, mapped: z.looseObject({ customerId: idSchema }) }),
  z.object({ kind: z.literal('reject'), ...concerning, rejected: z.looseObject({ customerId: idSchema }) }),
  z.object({ kind: z.literal('ignore'), ...concerning, ignored: z.looseObject({}) }),
  z.object({ kind: z.literal('unmap'), organizationId: idSchema }),
  z.object({ kind: z.literal('unignore'), organizationId: idSchema }),
]);

const shapeSchema = z.object({
  format: z.literal('halo-psa-decisions'),
  version: z.literal(1),
  instanceId: z.string().min(1),
  steps: z.array(
    z.object({
      changes: z.array(changeSchema),
      seen: z.array(z.unknown()),
      sharing: z.literal(true).optional(),
    }),
  ),
});

/** The file of pending decisions. */
export const decisionsSchema = shapeSchema.transform((value, context): Decisions => {
  const decisions = value as unknown as Decisions;
  for (const [index, { changes, seen }] of decisions.steps.entries()) {
    const before = { ...emptyDocument(decisions.instanceId), entries: [...seen] };
    const after = mappingDocumentSchema.safeParse(before).success && applyChanges(before, changes);
    if (after === false || !mappingDocumentSchema.safeParse(after).success)
      context.addIssue({ code: 'custom', path: ['steps', index], message: 'is no decision' });
  }
  return decisions;
});

/** Returns decisions without any. */
export function noDecisions(instanceId: string): Decisions {
  return { format: 'halo-psa-decisions', version: 1, instanceId, steps: [] };
}

/** Adds a step to decisions made on a document. */
export function withStep(
  decisions: Decisions,
  changes: readonly MappingChange[],
  document: MappingDocument | null,
  sharing?: true,
): Decisions {
  const seen = organizationsOf(changes).flatMap((id) =>
    document === null ? [] : (findEntry(document, id) ?? []),
  );
  return { ...decisions, steps: [...decisions.steps, { changes, seen, ...(sharing && { sharing }) }] };
}

/** Returns how many decisions there are: a step about many organizations, such as an import, is as many. */
export function countOf({ steps }: Decisions): number {
  return steps.reduce((sum, { changes }) => sum + organizationsOf(changes).length, 0);
}

function organizationsOf(changes: readonly MappingChange[]): (string | number)[] {
  return [
    ...new Set(changes.flatMap((change) => ('organizationId' in change ? [change.organizationId] : []))),
  ];
}

/** Takes the last step back. */
export function withoutLastStep(decisions: Decisions): Decisions {
  return { ...decisions, steps: decisions.steps.slice(0, -1) };
}

/** Returns all changes, in order. */
export function changesOf({ steps }: Decisions): MappingChange[] {
  return steps.flatMap(({ changes }) => changes);
}

/** Returns the document as a save would leave it, under the revision that it has. */
export function decidedView(document: MappingDocument | null, decisions: Decisions): MappingDocument {
  const base = document ?? emptyDocument(decisions.instanceId);
  return { ...applyChanges(base, changesOf(decisions)), revision: base.revision };
}
