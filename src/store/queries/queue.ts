import type { Connection, Database } from '../connection.ts';
import type { NewOutboxRow } from '../schema.ts';

/** Writes rows to be sent in the same step as what they announce; one whose key is there stays. */
export async function queue(
  on: Database,
  { outbox }: Pick<Connection['tables'], 'outbox'>,
  rows: NewOutboxRow[],
): Promise<void> {
  if (rows.length > 0) await on.insert(outbox).values(rows).onConflictDoNothing();
}
