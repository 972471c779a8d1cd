import { rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { MappingChange, MappingDocument } from '../../workflow/index.ts';
import { InputError } from '../input/input-error.ts';
import { parseJson, readTextIfThere } from '../input/read-text.ts';
import { writeWholeFile } from '../output/write-file.ts';
import { UsageError } from '../usage-error.ts';
import {
  countOf,
  type Decisions,
  decidedView,
  decisionsSchema,
  noDecisions,
  withoutLastStep,
  withStep,
} from './decisions.ts';
import type { MappingFiles } from './mapping-files.ts';
import { type Suggestions, suggestionsSchema } from './suggestions.ts';

/**
 * Reads what the last `suggest` left.
 *
 * @throws {UsageError} when there was none
 * @throws {InputError} when the file is not usable
 */
export async function readSuggestions({ suggestions }: MappingFiles): Promise<Suggestions> {
  const read = await readJson(suggestions, suggestionsSchema);
  if (read !== null) return read.value;
  throw new UsageError(
    `There are no suggestions yet: ${suggestions} does not exist`,
    'Run: halo-psa suggest --organizations orgs.csv, with the same --instance, --mapping or --demo.',
  );
}

/** Writes what `suggest` found, one proposal and one customer a line. */
export async function writeSuggestions(file: string, found: Suggestions): Promise<void> {
  const { proposals, customers, ...head } = found;
  const lines = (rows: readonly unknown[]) => rows.map((row) => `\n${JSON.stringify(row)}`).join(',');
  const opened = JSON.stringify(head).slice(0, -1);
  await writeWholeFile(
    file,
    `${opened},\n"proposals":[${lines(proposals)}],\n"customers":[${lines(customers)}]}\n`,
  );
}

/** The decisions that wait for a save, kept on disk after every step, so that nothing is lost when a session ends. */
export class PendingDecisions {
  readonly #file: string;
  #decisions: Decisions;
  /** The file as this program last read or wrote it. */
  #text: string | null;
  /** The last view, since a session asks for it again and again. */
  #viewed: { document: MappingDocument | null; decisions: Decisions; view: MappingDocument } | undefined;

  private constructor(file: string, decisions: Decisions, text: string | null) {
    this.#file = file;
    this.#decisions = decisions;
    this.#text = text;
  }

  /**
   * Reads the decisions that wait for one Halo instance.
   *
   * @throws {InputError} when the file is not usable, or is about another instance
   */
  static async open({ decisions: file }: MappingFiles, instanceId: string): Promise<PendingDecisions> {
    const read = await readJson(file, decisionsSchema);
    if (read !== null && read.value.instanceId !== instanceId) {
      throw new InputError(
        `${file} holds decisions about ${read.value.instanceId}, not ${instanceId}: use another --mapping for each Halo.`,
      );
    }
    return new PendingDecisions(file, read?.value ?? noDecisions(instanceId), read?.text ?? null);
  }

  get all(): Decisions {
    return this.#decisions;
  }

  get count(): number {
    return countOf(this.#decisions);
  }

  /** The document as a save would leave it. */
  view(document: MappingDocument | null): MappingDocument {
    if (this.#viewed?.document !== document || this.#viewed.decisions !== this.#decisions) {
      const view = decidedView(document, this.#decisions);
      this.#viewed = { document, decisions: this.#decisions, view };
    }
    return this.#viewed.view;
  }

  /**
   * Adds one step, made on a document.
   *
   * @param sharing a person has agreed that the customer is mapped to another organization as well
   */
  async decide(
    changes: readonly MappingChange[],
    document: MappingDocument | null,
    sharing?: true,
  ): Promise<void> {
    await this.replace(withStep(this.#decisions, changes, document, sharing));
  }

  /** Takes the last step back. */
  async undo(): Promise<void> {
    await this.replace(withoutLastStep(this.#decisions));
  }

  /**
   * Puts other decisions in place of all; without any, there is no file.
   *
   * @throws {InputError} when another session has changed the file since
   */
  async replace(decisions: Decisions): Promise<void> {
    const text = await readTextIfThere(this.#file);
    if (text !== this.#text) {
      throw new InputError(
        `${this.#file} was changed by another session: end that one, and start this one again. Nothing was lost.`,
      );
    }
    if (decisions.steps.length === 0) {
      await rm(this.#file, { force: true });
      this.#text = null;
    } else {
      this.#text = `${JSON.stringify(decisions, null, 2)}\n`;
      await writeWholeFile(this.#file, this.#text);
    }
    this.#decisions = decisions;
  }
}

/** Returns how many decisions wait for a save, whichever Halo they are about; null where the file cannot be understood. */
export async function waitingCount({ decisions }: MappingFiles): Promise<number | null> {
  try {
    const read = await readJson(decisions, decisionsSchema);
    return read === null ? 0 : countOf(read.value);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
): Promise<{ value: z.output<Schema>; text: string } | null> {
  const text = await readTextIfThere(file);
  if (text === null) return null;
  const parsed = schema.safeParse(parseJson(text, file));
  if (parsed.success) return { value: parsed.data, text };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'its outermost level';
  throw new InputError(
    `${file} is damaged or was written by another release, at ${where}: ${issue?.message}.`,
  );
}
