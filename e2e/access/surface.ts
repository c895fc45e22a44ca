import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One address of the product: `/cards/[id]`. A page answers GET, a handler what it exports. */
export interface Place {
  readonly address: string;
  readonly kind: 'page' | 'handler';
  readonly methods: readonly string[];
}

/** Every page and route handler below `app/`, so that none can be forgotten. */
export function places(): Place[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
    .map((file): Place => {
      const address = addressOf(file);
      if (file.endsWith('page.tsx')) return { address, kind: 'page', methods: ['GET'] };
      return { address, kind: 'handler', methods: exportedMethods(readFileSync(join('app', file), 'utf8')) };
    })
    .sort((a, b) => a.address.localeCompare(b.address));
}

/** Every server action of the production build, by name; the id is what a browser sends. */
export function actions(): Map<string, string> {
  const file = join(process.env.KABAO_DIST_DIR ?? '.next', 'server', 'server-reference-manifest.json');
  const manifest: { node: Record<string, { exportedName: string }> } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(manifest.node).map(([id, { exportedName }]) => [exportedName, id]));
}

/** Folders in round brackets group files and are no part of an address. */
function addressOf(file: string): string {
  const folders = file.split('/').slice(0, -1);
  return `/${folders.filter((folder) => !folder.startsWith('(')).join('/')}`;
}

function exportedMethods(source: string): string[] {
  const names = /\b(GET|HEAD|POST|PUT|PATCH|DELETE)\b/g;
  const exports = source.match(/^export (async function \w+|function \w+|\{[^}]*\})/gm) ?? [];
  return exports.flatMap((text) => text.match(names) ?? []);
}
