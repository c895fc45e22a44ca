import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Connection from 'better-sqlite3';
import { openDatabase } from '../client';
import type { TestDatabase } from './index';

/** A client with its file, which goes from test to test; what stands in the file goes with the test. */
interface Kept {
  readonly test: TestDatabase;
  readonly file: string;
  readonly inode: number;
}

const idle: Kept[] = [];

/**
 * A copy of the template. Threads, client and compiled queries are kept when a test closes it, which took longer than the
 * tests themselves: the next one gets them with the template's pages written over the file.
 */
export async function openSqlite(template: string): Promise<TestDatabase> {
  for (let kept = idle.pop(); kept; kept = idle.pop()) {
    if (statSync(kept.file, { throwIfNoEntry: false })?.ino === kept.inode) {
      try {
        await overwrite(kept.file, template);
        return keeping(kept);
      } catch {
        // A transaction that the last test left open holds the file: nobody gets it any more.
      }
    }
    await kept.test.close();
  }
  return keeping(makeSqlite(template, dirname(template)));
}

/** The same for one use: it is gone once it is closed. */
export function openSqliteOnce(template: string): TestDatabase {
  return makeSqlite(template, tmpdir()).test;
}

function keeping(kept: Kept): TestDatabase {
  let isOpen = true;
  const close = async () => {
    if (isOpen) idle.push(kept);
    isOpen = false;
  };
  return { ...kept.test, close };
}

function makeSqlite(template: string, parent: string): Kept {
  const folder = mkdtempSync(join(parent, 'kabao-db-'));
  const file = join(folder, 'test.db');
  copyFileSync(template, file);
  const db = openDatabase(`file:${file}`);
  const raw = async (sql: string) => {
    const connection = new Connection(file, { timeout: 10_000 });
    try {
      connection.pragma('foreign_keys = ON');
      connection.exec(sql);
    } finally {
      connection.close();
    }
  };
  const close = async () => {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  };
  return { test: { db, url: `file:${file}`, engine: 'sqlite', raw, close }, file, inode: statSync(file).ino };
}

/** In one transaction of SQLite's own, which open connections see as they see any other. */
async function overwrite(file: string, template: string): Promise<void> {
  const source = new Connection(template, { readonly: true });
  try {
    const { totalPages } = await source.backup(file, { progress: () => MORE_THAN_ALL });
    // How better-sqlite3 says that it did not get the lock.
    if (totalPages === 0) throw new Error(`${file} is held by somebody`);
  } finally {
    source.close();
  }
}

const MORE_THAN_ALL = 1 << 20;
