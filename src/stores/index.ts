export { HaloMappingStoreError, type HaloMappingStoreErrorCode } from '../errors.ts';
export { createJsonFileStore, type JsonFileStoreOptions } from './json-file.ts';
