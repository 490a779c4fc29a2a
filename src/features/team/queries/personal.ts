import { and, eq, getTableName, inArray, or, type SQL } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Connection } from '../../../store/connection.ts';
import { columnOf, linksOf } from '../../../store/queries/columns.ts';

/**
 * Links between tables that lead from a person to what is not theirs, each with its reason. All others
 * are followed, so that a new table is in the export without a word about it.
 */
const NOT_THEIRS: Record<string, string> = {
  'posts.schedule_id': 'what a schedule posts belongs to the team, whoever keeps it',
  'live_questions.round_id': 'a live round belongs to the team, whoever hosts it',
  'live_players.round_id': 'who plays in a round that this person hosts is theirs',
  'live_answers.round_id': 'the same',
  'outbox.live_id': 'messages of a round name everybody in it',
  'votes.answer_id': 'who voted for an answer is for nobody else to know',
  'outbox.peer_id':
    'messages to the other of the two; one to this person, or with their words, names them',
  'peer_forms.session_id': 'what the other wrote is theirs until it opens; see `openedTo`',
  'peer_marks.session_id': 'the same',
};

export function personalQueries({ db, tables }: Connection) {
  const all: SQLiteTable[] = Object.values(tables);
  const { peerForms, peerMarks, peerSessions } = tables;

  /** Which rows of a table are about a person, by every way that leads there; undefined when none does. */
  function about(table: SQLiteTable, personId: string): SQL | undefined {
    const ways = linksOf(tables, table).map(({ name, column, to, key }): SQL | undefined => {
      if (name in NOT_THEIRS) return undefined;
      if (getTableName(to) === 'people') return eq(column, personId);
      const which = about(to, personId);
      return which && inArray(column, db.select({ key }).from(to).where(which));
    });
    return or(...ways.filter((way) => way !== undefined), openedTo(table, personId));
  }

  /** What others wrote about a person in an interview of two, once both may read it. */
  function openedTo(table: SQLiteTable, personId: string): SQL | undefined {
    if (table !== peerForms && table !== peerMarks) return undefined;
    const opened = db
      .select({ id: peerSessions.id })
      .from(peerSessions)
      .where(
        and(
          eq(peerSessions.state, 'ended'),
          or(eq(peerSessions.firstId, personId), eq(peerSessions.secondId, personId)),
        ),
      );
    return inArray(columnOf(table, 'session_id'), opened);
  }

  return {
    /** Every row about a person, table by table, found by following the links of the schema. */
    exportPerson: async (personId: string): Promise<Record<string, unknown[]>> => {
      const found: Record<string, unknown[]> = {};
      for (const table of all) {
        const which =
          table === tables.people ? eq(tables.people.id, personId) : about(table, personId);
        if (!which) continue;
        const rows = await db.select().from(table).where(which);
        if (rows.length > 0) found[getTableName(table)] = rows;
      }
      return found;
    },
  };
}
