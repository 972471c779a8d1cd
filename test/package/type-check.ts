import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from './packed-package.ts';

/** A consumer's program that names every entry. Types of the wrong kind are asked for on the marked lines. */
export const TYPED_CONSUMER = `import {
  type AnyHaloError, type Client, createHaloClient, type HaloClient, type HaloConfig, isHaloError, suggestMappings,
} from 'halo-psa';
import { explainPair, type MappingReport } from 'halo-psa/mapping';
import { createJsonFileStore } from 'halo-psa/stores';
import { createFakeHalo } from 'halo-psa/testing';
import { createMemoryStore, type MappingStore } from 'halo-psa/workflow';

const config: HaloConfig = {
  resourceServer: 'example.halopsa.com', tenantId: 'example', clientId: 'id', clientSecret: 'secret',
};
export const halo: HaloClient = createHaloClient(config);
export const stores: MappingStore[] = [createMemoryStore(), createJsonFileStore('mapping.json')];
export async function run(): Promise<MappingReport<{ id: number; name: string; region: string }, { id: number; name: string }>> {
  const customers: { id: number; name: string }[] = [];
  for await (const client of halo.clients.list({ search: 'a' }, { pageSize: 50 })) {
    const row: Client = client;
    customers.push({ id: row.id, name: row.name ?? '' });
  }
  return suggestMappings([{ id: 1, name: 'Northwind', region: 'EU' }], customers);
}
export function tell(error: unknown): string {
  if (!isHaloError(error)) return 'another';
  const known: AnyHaloError = error;
  return known.code === 'HALO_NOT_FOUND' ? known.path ?? '' : known.message;
}
export const fake = createFakeHalo({ clients: [{ name: 'Northwind' }] });
export const pair = explainPair({ id: 1, name: 'a' }, { id: 2, name: 'b' });
// @ts-expect-error A hosted Halo needs a tenant.
createHaloClient({ resourceServer: 'example.halopsa.com', clientId: 'id', clientSecret: 'secret', tenantId: 7 });
// @ts-expect-error The result is no string.
export const wrong: string = pair.score;
`;

const STRICT: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  typeRoots: [join(projectRoot, 'node_modules/@types')],
};

/** How a consumer's project is set up. */
export const TYPE_SETUPS: Readonly<
  Record<string, { readonly file: string; readonly options: ts.CompilerOptions }>
> = {
  'NodeNext, an ES module': {
    file: 'consumer.mts',
    options: { ...STRICT, module: ts.ModuleKind.NodeNext, types: ['node'] },
  },
  'a bundler, with the types of a browser': {
    file: 'consumer.ts',
    options: {
      ...STRICT,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
    },
  },
  'NodeNext as the compiler sets it up by itself, without the types of Node': {
    file: 'consumer.mts',
    options: { strict: true, noEmit: true, module: ts.ModuleKind.NodeNext, types: [] },
  },
};

/** What the compiler says about a consumer's program and about our declarations, which are checked as well. */
export function typeErrors(setup: string, source: string, consumer: string): string[] {
  const { file, options } = TYPE_SETUPS[setup]!;
  const path = join(consumer, file);
  writeFileSync(path, source);
  const program = ts.createProgram([path], options);
  const ours = program.getSourceFiles().filter(({ fileName }) => isOurs(fileName, path));
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((source) => program.getSyntacticDiagnostics(source)),
    ...ours.flatMap((source) => program.getSemanticDiagnostics(source)),
  ];
  return diagnostics.map(({ file: where, messageText }) => {
    return `${where?.fileName ?? 'options'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}

function isOurs(fileName: string, consumerFile: string): boolean {
  return fileName === consumerFile || fileName.includes('/node_modules/halo-psa/');
}
