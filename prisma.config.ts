import { defineConfig } from 'prisma/config';

const engine = process.env.KABAO_PRISMA_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

/** For those who use the Prisma CLI by hand: `KABAO_PRISMA_ENGINE=postgres npx prisma …`. */
export default defineConfig({
  schema: `prisma/${engine}`,
  migrations: { path: `prisma/${engine}/migrations` },
  datasource: { url: process.env.DATABASE_URL ?? 'file:.kabao/kabao.db' },
});
