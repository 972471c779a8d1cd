import { createHash } from 'node:crypto';
import type { FileSystem } from '../../src/stores/file-system.ts';
import { createJsonFileStoreOn } from '../../src/stores/json-file.ts';
import { applyChanges, emptyDocument } from '../../src/workflow/document-changes.ts';
import { formatMappingDocument, parseMappingDocument } from '../../src/workflow/mapping-document.ts';
import type { MappingDocument, MappingStore } from '../../src/workflow/types.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { FILE, SimulatedDisk } from './simulated-disk.ts';

/** A document whose entries are the labels of the saves that led to it, in order. */
export function documentOf(labels: readonly string[]): MappingDocument {
  return labels.reduce(withLabel, emptyDocument('x'));
}

function withLabel(document: MappingDocument, label: string): MappingDocument {
  const ignored = { at: '2026-11-23T09:00:00Z' };
  return applyChanges(document, [{ kind: 'ignore', organizationId: label, organizationName: '', ignored }]);
}

export function labelsOf(document: MappingDocument | null): string[] {
  return (document?.entries ?? []).map((entry) => String(entry.organizationId));
}

/** What the processes were told, which must agree with what a reader finds. */
export class Journal {
  readonly saved: string[] = [];
  readonly refused: { label: string; expectedRevision: number }[] = [];
  readonly faults: string[] = [];
  /** Newest document that anyone was shown or told to be saved. */
  known: string[] = [];

  learn(labels: readonly string[]): void {
    if (labels.length > this.known.length) this.known = [...labels];
  }
}

/** What one process does with its store. */
export type Program = (store: MappingStore, journal: Journal) => Promise<void>;

/** Loads, and checks that nothing that was known when it began is missing from what it gets. */
async function checkedLoad(store: MappingStore, journal: Journal): Promise<MappingDocument | null> {
  const before = journal.known;
  const document = await store.load();
  const labels = labelsOf(document);
  if (before.some((label, index) => labels[index] !== label)) {
    journal.faults.push(`a load gave ${labels} after ${before} was known`);
  }
  journal.learn(labels);
  return document;
}

/** Loads and saves once under `label`. */
export function saving(label: string): Program {
  return async (store, journal) => {
    const current = await checkedLoad(store, journal);
    try {
      await store.save(withLabel(current ?? emptyDocument('x'), label), current?.revision ?? null);
      journal.saved.push(label);
      journal.learn([...labelsOf(current), label]);
    } catch (error) {
      const { code, expectedRevision } = error as { code?: string; expectedRevision?: number | null };
      if (code === 'HALO_MAPPING_STORE_CONFLICT') {
        journal.refused.push({ label, expectedRevision: expectedRevision ?? 0 });
      } else journal.faults.push(`save ${label} failed: ${error}`);
    }
  };
}

export const loading: Program = async (store, journal) => {
  await checkedLoad(store, journal);
};

export const inTurn =
  (...programs: Program[]): Program =>
  async (store, journal) => {
    for (const program of programs) await program(store, journal);
  };

interface Process {
  readonly name: string;
  pending: { readonly call: string; readonly go: () => void } | null;
  ended: boolean;
  /** All that it was answered: with its program, its whole state. */
  history: string;
}

export interface Scenario {
  /** Labels on the disk at the start; none for no file. */
  readonly start: readonly string[];
  /** Labels of a newer document that a dead process claimed and did not put in place. */
  readonly claimed?: readonly string[];
  readonly programs: readonly Program[];
  readonly lateLook?: (name: string) => boolean;
}

/** One execution, advanced a call at a time. */
export class Run {
  readonly disk = new SimulatedDisk();
  readonly journal = new Journal();
  readonly processes: Process[];
  crashes = 0;
  #checkedText: string | undefined;

  constructor(scenario: Scenario) {
    if (scenario.start.length > 0) this.disk.put('m.json', formatMappingDocument(documentOf(scenario.start)));
    if (scenario.claimed) {
      const claim = documentOf(scenario.claimed);
      this.disk.put(`m.json.r${claim.revision}`, formatMappingDocument(claim));
      this.disk.names.set(
        `m.json.r${claim.revision}.dead.tmp`,
        this.disk.names.get(`m.json.r${claim.revision}`) as never,
      );
    }
    if (scenario.lateLook) this.disk.lateLook = scenario.lateLook;
    this.journal.learn(scenario.claimed ?? scenario.start);
    this.processes = scenario.programs.map((program, index) => this.#spawn(`p${index}`, program));
  }

  #spawn(name: string, program: Program): Process {
    const process: Process = { name, pending: null, ended: false, history: '' };
    const fileSystem = this.disk.mount(name, (call) => {
      // Only its own open file is concerned: no other process can tell when it happens.
      if (call.startsWith('write') || call === 'sync' || call === 'sync folder') return Promise.resolve();
      return new Promise((go) => {
        process.pending = { call, go };
      });
    });
    const store = createJsonFileStoreOn(recorded(fileSystem, process), createVirtualClock(), FILE);
    program(store, this.journal).then(
      () => {
        process.ended = true;
      },
      (error) => {
        process.ended = true;
        this.journal.faults.push(`${name} failed: ${error}`);
      },
    );
    return process;
  }

  /** Runs every process up to its next call. */
  async settle(): Promise<void> {
    while (this.processes.some((process) => !process.ended && process.pending === null)) await null;
  }

  /** Positions of the processes that can make a call. */
  runnable(): number[] {
    return this.processes.flatMap((process, index) => (process.ended ? [] : [index]));
  }

  async step(index: number): Promise<void> {
    const process = this.processes[index] as Process;
    const go = process.pending?.go;
    process.pending = null;
    go?.();
    await this.settle();
    this.#checkFile();
  }

  /** `kill -9` before the process's next call. */
  crash(index: number): void {
    const process = this.processes[index] as Process;
    process.ended = true;
    process.history += '†';
    this.crashes += 1;
  }

  #checkFile(): void {
    const text = this.disk.text('m.json');
    if (text === this.#checkedText) return;
    this.#checkedText = text;
    try {
      if (text !== undefined) parseMappingDocument(text);
    } catch (error) {
      this.journal.faults.push(`the file is torn: ${error}`);
    }
  }

  key(): string {
    const { saved, refused, known } = this.journal;
    return digest(
      JSON.stringify([
        this.disk.fingerprint(),
        this.processes.map(({ history, pending, ended }) => [history, pending?.call, ended]),
        [saved, refused, known],
      ]),
    );
  }

  /** What is wrong when all processes have ended. */
  async verdict(): Promise<string[]> {
    const { journal, disk } = this;
    const faults = [...journal.faults];
    const store = createJsonFileStoreOn(disk.mount('judge'), createVirtualClock(), FILE);
    const judged = new Journal();
    const labels = labelsOf(await store.load());
    if (new Set(labels).size !== labels.length) faults.push(`a save was applied twice: ${labels}`);
    for (const label of journal.saved) if (!labels.includes(label)) faults.push(`lost: ${label}`);
    for (const { label, expectedRevision } of journal.refused) {
      if (labels.includes(label)) faults.push(`applied although refused: ${label}`);
      if (labels.length <= expectedRevision) faults.push(`refused without a rival: ${label}`);
    }
    await saving('last')(store, judged);
    faults.push(...judged.faults);
    if (judged.saved.length !== 1) faults.push('the save afterwards was refused');
    if ([...disk.names.keys()].join() !== 'm.json') faults.push(`left behind: ${[...disk.names.keys()]}`);
    return faults;
  }
}

function recorded(fileSystem: FileSystem, process: Process): FileSystem {
  const note = (event: string) => {
    process.history += `|${event}`;
  };
  const watched =
    <Args extends readonly unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      try {
        const result = await call(...args);
        note(
          result instanceof Uint8Array ? new TextDecoder().decode(result) : JSON.stringify(result ?? null),
        );
        return result;
      } catch (error) {
        note(String(error));
        throw error;
      }
    };
  return {
    ...fileSystem,
    list: watched(fileSystem.list),
    read: watched(fileSystem.read),
    link: watched(fileSystem.link),
    sameFile: watched(fileSystem.sameFile),
    rename: watched(fileSystem.rename),
    unlink: watched(fileSystem.unlink),
    create: watched(async (path) => {
      const file = await fileSystem.create(path);
      return Object.assign(file, { toJSON: () => 'file' });
    }),
  };
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

export interface Exploration {
  readonly states: number;
  readonly endings: number;
  readonly faults: readonly string[];
}

/**
 * Visits every state that any order of the processes' calls can reach, with up to `maxCrashes` processes killed
 * between any two calls. States are told apart by the disk and by all that each process was answered, so none is
 * visited twice.
 */
export async function explore(scenario: Scenario, maxCrashes: number): Promise<Exploration> {
  const seen = new Set<string>();
  const faults = new Set<string>();
  let endings = 0;
  // A move is a process to advance; its complement (~) is one to kill.
  const open: number[][] = [[]];
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    const run = new Run(scenario);
    await run.settle();
    for (const move of prefix) await apply(run, move);
    const path = [...prefix];
    for (;;) {
      const key = run.key();
      if (seen.has(key)) break;
      seen.add(key);
      const runnable = run.runnable();
      const [first, ...others] = runnable;
      if (first === undefined) {
        endings += 1;
        for (const fault of await run.verdict()) faults.add(`${fault} (moves ${path})`);
        break;
      }
      const kills = run.crashes < maxCrashes ? runnable.map((index) => ~index) : [];
      for (const move of [...others, ...kills]) open.push([...path, move]);
      await apply(run, first);
      path.push(first);
    }
    if (faults.size > 5) break;
  }
  return { states: seen.size, endings, faults: [...faults] };
}

async function apply(run: Run, move: number): Promise<void> {
  if (move < 0) run.crash(~move);
  else await run.step(move);
}
