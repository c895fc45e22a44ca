import type { TestDatabase } from './index';

/**
 * Has the database refuse every row of `table`, written or changed, in which `column` is `value`: the one row with which
 * something is wrong, as a disk or a later constraint could make one. Returns what takes that back.
 */
export async function spoilRow(
  test: TestDatabase,
  { table, column, value }: { readonly table: string; readonly column: string; readonly value: string },
): Promise<() => Promise<void>> {
  const events = ['INSERT', 'UPDATE'] as const;
  const name = (event: string) => `"bad_${table}_${event}"`;
  if (test.engine === 'postgres') {
    await test.raw(`CREATE FUNCTION bad_row() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'the row is bad'; END $$`);
  }
  for (const event of events) {
    const when = `WHEN (NEW."${column}" = '${value}')`;
    await test.raw(
      test.engine === 'postgres'
        ? `CREATE TRIGGER ${name(event)} BEFORE ${event} ON "${table}" FOR EACH ROW ${when} EXECUTE FUNCTION bad_row()`
        : `CREATE TRIGGER ${name(event)} BEFORE ${event} ON "${table}" FOR EACH ROW ${when}
           BEGIN SELECT RAISE(ABORT, 'the row is bad'); END`,
    );
  }
  return async () => {
    const on = test.engine === 'postgres' ? ` ON "${table}"` : '';
    for (const event of events) await test.raw(`DROP TRIGGER ${name(event)}${on}`);
    if (test.engine === 'postgres') await test.raw('DROP FUNCTION bad_row');
  };
}
