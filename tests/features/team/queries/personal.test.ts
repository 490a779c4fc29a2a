import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../../../src/store/sqlite.ts';
import { openMemory } from '../../../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Column = { name: string; type: string; notnull: number; pk: number; dflt_value: unknown };
type Link = { from: string; table: string; to: string };

/** Tables that a person leads to and that hold nothing of theirs. */
const NOT_THEIRS = {
  posts: 'what a schedule posts belongs to the team, whoever keeps the schedule',
  reveals: 'the same: it hangs on a post',
  live_questions: 'a live round belongs to the team, whoever hosts it',
};

/** The tables of a file in an order in which each comes after those that it points to. */
function tablesOf(sqlite: Sqlite.Database) {
  const names = sqlite
    .prepare("select name from sqlite_master where type = 'table' and name not glob '[_s]*qlite_*'")
    .pluck()
    .all()
    // better-sqlite3 types a row as unknown.
    .filter((name) => !String(name).startsWith('__')) as string[];
  const links = new Map(
    names.map((name) => [name, sqlite.pragma(`foreign_key_list(${name})`) as Link[]]),
  );
  const sorted: string[] = [];
  while (sorted.length < names.length) {
    const ready = names.filter(
      (name) =>
        !sorted.includes(name) && links.get(name)?.every(({ table }) => sorted.includes(table)),
    );
    sorted.push(...ready);
    if (ready.length === 0) throw new Error('The tables point to each other in a circle');
  }
  return sorted.map((name) => ({
    name,
    links: links.get(name) ?? [],
    columns: sqlite.pragma(`table_info(${name})`) as Column[],
  }));
}

test('an export holds a row of every table that a person leads to, by whatever way', async () => {
  const file = join(folder, 'ways.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  const tables = tablesOf(sqlite);
  const keys = new Map<string, unknown>();
  const reached = new Set(['people']);
  for (const { name, links, columns } of tables) {
    const values = columns.map((column) => {
      const link = links.find(({ from }) => from === column.name);
      if (link) return keys.get(link.table);
      return column.type.toLowerCase() === 'text' ? '{}' : 1;
    });
    const places = columns.map(() => '?').join(', ');
    sqlite.prepare(`insert into ${name} values (${places})`).run(values);
    const key = columns.findIndex(({ pk }) => pk === 1);
    keys.set(name, values[key]);
    if (links.some(({ table }) => reached.has(table))) reached.add(name);
  }
  sqlite.close();
  const { store, close } = openSqlite(`file:${file}`);

  const rows = await store.exportPerson(String(keys.get('people')));

  const missing = [...reached].filter((name) => !(name in rows));
  expect(missing.sort()).toEqual(Object.keys(NOT_THEIRS).sort());
  close();
});

const at = new Date('2026-01-01T00:00:00Z');

/** What one of two has in an export, when both have marked and judged the other in an interview. */
async function exportedAfterPeerInterview(state: 'feedback' | 'ended') {
  const { store } = openMemory();
  for (const id of ['ana', 'bo'])
    await store.meet({
      account: `slack:T/${id}`,
      name: id,
      workspace: 'slack:T',
      workspaceName: 'T',
      newPersonId: id,
      newTeamId: 'team',
      at,
    });
  const invited = await store.invitePeer(
    {
      teamId: 'team',
      platform: 'slack',
      origin: 'C1',
      firstId: 'ana',
      secondId: 'bo',
      firstAccount: 'slack:T/ana',
      secondAccount: 'slack:T/bo',
      questions: [[], []],
      state: 'invited',
      createdAt: at,
    },
    (id) => [
      {
        key: `to bo ${id}`,
        teamId: 'team',
        personId: 'bo',
        peerId: id,
        platform: 'slack',
        what: 'notice',
        outgoing: {
          kind: 'direct',
          account: 'slack:T/bo',
          reply: { blocks: [] },
          key: `to bo ${id}`,
        },
        state: 'due',
        dueAt: at,
        at,
      },
    ],
  );
  if (!invited || !('added' in invited)) throw new Error('The invitation was not stored');
  const sessionId = invited.added.id;
  for (const personId of ['ana', 'bo']) {
    const note = `a note by ${personId}`;
    await store.markPeer({
      sessionId,
      personId,
      questionId: 'q',
      dimension: 'depth',
      mark: 3,
      note,
      at,
    });
    const form = { sessionId, personId, overall: 3, well: `words by ${personId}`, better: '', at };
    await store.sendPeerForm(form, at);
  }
  await store.movePeerSession({ id: sessionId, from: ['invited'], set: { state } });
  return store.exportPerson('ana');
}

test('what the other of two wrote is in an export when it is open to both, and not before', async () => {
  const after = await exportedAfterPeerInterview('ended');
  const before = await exportedAfterPeerInterview('feedback');

  expect(after['peer_forms']).toHaveLength(2);
  expect(JSON.stringify(after['peer_marks'])).toContain('a note by bo');
  expect(JSON.stringify(before)).not.toContain('by bo');
  expect(before['peer_marks']).toHaveLength(1);
  // A message to the other is the other's.
  expect(after['outbox']).toBeUndefined();
});
