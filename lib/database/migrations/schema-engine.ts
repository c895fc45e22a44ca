import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

type EngineModule = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: unknown): void };

const slot = globalThis as { kabaoSchemaEngine?: Promise<EngineModule> };

/** Prisma's schema engine as WebAssembly, from npm: the Prisma CLI would fetch a native binary for the same work. */
export async function openSchemaEngine(
  schemaFiles: [string, string][],
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<SchemaEngine> {
  slot.kabaoSchemaEngine ??= loadEngine();
  const { SchemaEngine } = await slot.kabaoSchemaEngine;
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  return SchemaEngine.new({ datamodels: schemaFiles }, () => undefined, bound);
}

/**
 * The package's own entry imports the `.wasm` file as a module, which Node cannot, so it is instantiated by hand;
 * once per process, because the bindings keep views of one memory (the test runner loads this module once per engine,
 * hence `globalThis`).
 */
async function loadEngine(): Promise<EngineModule> {
  const folder = dirname(createRequire(join(process.cwd(), 'package.json')).resolve('@prisma/schema-engine-wasm'));
  const bindings = (await import(/* @vite-ignore */ join(folder, 'schema_engine_bg.js'))) as EngineModule;
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}
