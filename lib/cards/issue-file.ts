import { closeSync, fsyncSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { ok, type Result, refuse } from '@/lib/kernel';

/**
 * Writes secrets to a new file that only its owner can read, so that the file is either not there or complete and on
 * the disk: written and synced under another name, then given its own, which fails when the name is taken.
 */
export function writeSecretFile(path: string, text: string): Result<undefined, { code: 'file_exists' }> {
  const draft = `${path}.${process.pid}.part`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      writeAll(file, Buffer.from(text));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
    syncFolder(dirname(path));
    return ok();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return refuse({ code: 'file_exists' });
    throw error;
  } finally {
    removeIfThere(draft);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

// The name of a new file is on the disk only once its folder is.
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
