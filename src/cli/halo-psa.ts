#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Node keeps what it compiled, in its own folder, so that the next start is quicker; where it cannot, it does without.
enableCompileCache();
await import('./start.ts');
