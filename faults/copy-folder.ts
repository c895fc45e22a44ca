import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Copies a folder that is being written to. Files that vanish meanwhile are left out, and paths that `wanted` refuses. */
export function copyFolder(source: string, target: string, wanted: (path: string) => boolean): void {
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const copy = (folder: string) => {
    for (const entry of readdirSync(join(source, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (!wanted(path)) continue;
      if (entry.isDirectory()) {
        mkdirSync(join(target, path), { recursive: true, mode: 0o700 });
        copy(path);
      } else if (entry.isFile()) copyIfThere(join(source, path), join(target, path));
    }
  };
  copy('');
}

/** Gives everything in `folder` to the owner of `like`; only root can, for anyone else it does nothing. */
export function ownLike(folder: string, like: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(like);
  execFileSync('chown', ['-R', `${uid}:${gid}`, folder]);
}

function copyIfThere(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
