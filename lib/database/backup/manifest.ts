import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const FORMAT = 'kabao-backup-1';
export const MANIFEST = 'manifest.json';

/** Names become part of SQL. */
const identifier = z.string().regex(/^[A-Za-z]\w*$/);

const fileSchema = z.object({
  /** A plain name, so that no path leads out of the folder. */
  name: z.string().regex(/^[A-Za-z0-9_]+\.[a-z]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  engine: z.enum(['sqlite', 'postgres']),
  madeAt: z.iso.datetime(),
  /** What the database was migrated to: it is restored into the same. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({ name: identifier, columns: z.array(identifier), rows: z.number().int().nonnegative() }),
  ),
  files: z.array(fileSchema),
});

/** A backup's own description: which engine, at which version, and the digest of every file. */
export type Manifest = z.infer<typeof manifestSchema>;
export type BackupFile = z.infer<typeof fileSchema>;
export type BackupTable = Manifest['tables'][number];

/** Why a restore fails: a table that has rows already, or a file with another number of rows than the manifest says. */
export type RestoreProblem = { readonly notEmpty: string } | { readonly notAsCounted: string };

/** Null when the folder holds no backup of a form that this version knows. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Lets `fill` write into a new folder that only its owner may enter, and gives it its name when all of it is on the
 * disk: a backup that was cut off does not look like one. Throws when `folder` exists.
 */
export async function writeBackup(
  folder: string,
  fill: (unfinished: string) => Promise<Omit<Manifest, 'format'>>,
): Promise<Manifest> {
  if (await stat(folder).catch(() => null)) throw new Error(`${folder} exists already`);
  const unfinished = `${folder}.unfinished-${process.pid}`;
  await mkdir(unfinished, { mode: 0o700 });
  try {
    const manifest: Manifest = { format: FORMAT, ...(await fill(unfinished)) };
    const file = await open(join(unfinished, MANIFEST), 'wx', 0o600);
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
    await file.close();
    await syncFolder(unfinished);
    await rename(unfinished, folder);
    await syncFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** The names of files that are not as the manifest says, or of which it says nothing. */
export async function damagedFiles(
  folder: string,
  manifest: Manifest,
  needed: readonly string[],
): Promise<string[]> {
  const named = new Set(manifest.files.map(({ name }) => name));
  const damaged = needed.filter((name) => !named.has(name));
  for (const { name, bytes, sha256 } of manifest.files) {
    const found = await digestOf(join(folder, name)).catch(() => null);
    if (found?.bytes !== bytes || found.sha256 !== sha256) damaged.push(name);
  }
  return damaged;
}

export async function digestOf(path: string): Promise<{ bytes: number; sha256: string }> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    digest.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: digest.digest('hex') };
}

export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Not every system can sync a folder; where it cannot, this does nothing. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
