import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, expect, test } from 'vitest';
import * as schema from '../../../../src/store/schema.ts';
import { openSqlite } from '../../../../src/store/sqlite.ts';
import { singleItem } from '../../../support/items.ts';
import { openMemory } from '../../../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const at = new Date('2026-01-01T00:00:00Z');
const tables = Object.values(schema).flatMap((each) =>
  typeof each === 'object' && each !== null ? [each as SQLiteTable] : [],
);

test('the migrations build the links between tables that the schema declares', () => {
  const file = join(folder, 'links.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  const declared = tables.flatMap((table) =>
    getTableConfig(table).foreignKeys.map((key) => {
      const { columns, foreignTable } = key.reference();
      return `${getTableName(table)}.${columns[0]?.name} -> ${getTableName(foreignTable)}, ${key.onDelete}`;
    }),
  );

  const built = tables.flatMap((table) =>
    (
      sqlite.pragma(`foreign_key_list(${getTableName(table)})`) as {
        from: string;
        table: string;
        on_delete: string;
      }[]
    ).map(
      (key) => `${getTableName(table)}.${key.from} -> ${key.table}, ${key.on_delete.toLowerCase()}`,
    ),
  );

  expect(built.sort()).toEqual(declared.sort());
  sqlite.close();
});

test('forgetting somebody, or a team, looks up the rows that go along, and scans no table', () => {
  const file = join(folder, 'plans.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  const links = tables.flatMap((table) =>
    getTableConfig(table).foreignKeys.flatMap((key) => {
      const column = key.reference().columns[0]?.name;
      return column ? [{ table: getTableName(table), column }] : [];
    }),
  );

  const scanned = links.filter(({ table, column }) => {
    const plan = sqlite
      .prepare(`explain query plan select 1 from ${table} where ${column} = ?`)
      .all('x') as { detail: string }[];
    return !plan.some(({ detail }) => detail.startsWith('SEARCH'));
  });

  expect(scanned).toEqual([]);
  sqlite.close();
});

test('forgetting somebody leaves no row with them, and keeps what belongs to the team', async () => {
  const file = join(folder, 'forget.db');
  const { store, close } = openSqlite(`file:${file}`);
  const meet = (account: string, id: string) =>
    store.meet({
      account,
      name: `name of ${id}`,
      workspace: 'slack:T',
      workspaceName: 'T',
      newPersonId: id,
      newTeamId: 'team',
      at,
    });
  await meet('slack:T/ana', 'person-ana');
  await meet('slack:T/keeper', 'person-keeper');
  const message = (key: string, words: string) => ({
    key,
    teamId: 'team',
    personId: 'person-keeper',
    fromId: 'person-ana',
    platform: 'slack' as const,
    what: 'notice',
    outgoing: {
      kind: 'direct' as const,
      account: 'slack:T/keeper',
      reply: { blocks: [{ kind: 'text' as const, text: words }] },
      key,
    },
    state: 'due' as const,
    dueAt: at,
    at,
  });
  await store.saveQuestions({
    teamId: 'team',
    questions: [singleItem('own-kept')],
    personId: 'person-ana',
    at,
    revise: (question) => question,
    most: 10,
  });
  for (const state of ['draft', 'suggested'] as const)
    await store.saveSuggestion(
      {
        teamId: 'team',
        authorId: 'person-ana',
        questionId: `own-${state}`,
        draft: { prompt: 'words of ana' },
        state,
        platform: 'slack',
        changedAt: at,
      },
      { most: 10, announce: (id) => [message(`suggested:${id}`, 'words of ana')] },
    );
  await store.addReport(
    {
      teamId: 'team',
      personId: 'person-ana',
      platform: 'slack',
      questionId: 'own-kept',
      version: 1,
      text: 'words of ana',
      state: 'open',
      at,
    },
    { most: 10, announce: (id) => [message(`report:${id}`, 'words of ana')] },
  );

  await store.forget('person-ana', { at });

  close();
  const sqlite = new Sqlite(file);
  // Codes of what they knew stay, which say nothing without a key that is elsewhere.
  for (const table of tables.filter((each) => each !== schema.knownBefore)) {
    const rows = sqlite.prepare(`select * from ${getTableName(table)}`).all();
    expect(JSON.stringify(rows), getTableName(table)).not.toMatch(/ana\b/);
  }
  expect(sqlite.prepare('select question_id, author_id from own_questions').all()).toEqual([
    { question_id: 'own-kept', author_id: null },
  ]);
  sqlite.close();
});

test('an export of somebody holds what they wrote, and messages with their words', async () => {
  const { store, close } = openMemory();
  await store.meet({
    account: 'slack:T/ana',
    name: 'ana',
    workspace: 'slack:T',
    workspaceName: 'T',
    newPersonId: 'ana',
    newTeamId: 'team',
    at,
  });
  const outgoing = (key: string) => ({
    key,
    teamId: 'team',
    platform: 'slack' as const,
    what: 'notice',
    outgoing: { kind: 'direct' as const, account: 'slack:T/x', reply: { blocks: [] }, key },
    state: 'due' as const,
    dueAt: at,
    at,
  });
  await store.addOutgoing([
    { ...outgoing('to ana'), personId: 'ana' },
    { ...outgoing('from ana'), fromId: 'ana' },
    outgoing('of nobody'),
  ]);

  const rows = await store.exportPerson('ana');

  expect(rows['outbox']).toHaveLength(2);
  close();
});
