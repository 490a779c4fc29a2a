import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { freeTextItem } from '../support/items.ts';
import { createWorld, type World } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Long enough to need pages of its own, and found in any of them. */
const CANARY = 'the canary sings in its cage ';
const WORDS = CANARY.repeat(60).trim();

/** The files of a database in which the words stand. */
function filesWithWords(name: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .filter((file) => readFileSync(join(folder, file)).includes(CANARY.trim()));
}

const ana = { as: 'ana' };

async function interviewed(world: World) {
  await world.ask('mock solo', ana);
  await world.ask('mock go interview:1', ana);
  await world.ask(`mock answer interview:1 text:"${WORDS}"`, ana);
}

const DELETIONS: { name: string; before(world: World): Promise<unknown>; delete: string }[] = [
  { name: 'me delete', before: interviewed, delete: 'me delete confirm:yes' },
  { name: 'mock delete', before: interviewed, delete: 'mock delete interview:1 confirm:yes' },
  {
    name: 'question drop',
    before: (world) =>
      world.store.teamStateOf('terminal:T1').then(async () =>
        world.store.saveSuggestion(
          {
            teamId: await world.teamId(),
            authorId: await world.personId(),
            questionId: 'own-x',
            draft: { prompt: WORDS },
            state: 'draft',
            platform: 'terminal',
            changedAt: world.clock.now(),
          },
          { most: 10, announce: () => [] },
        ),
      ),
    delete: 'question drop 1',
  },
];

test.each(DELETIONS)('after "$name" the words are in no file of the database', async (given) => {
  const name = given.name.replace(' ', '-');
  const world = createWorld({
    url: `file:${join(folder, name)}.db`,
    isDirect: true,
    questions: [freeTextItem('s1')],
  });
  await world.teamId();
  await given.before(world);
  expect(filesWithWords(name)).not.toEqual([]);

  await world.ask(given.delete, ana);

  await expect.poll(() => filesWithWords(name)).toEqual([]);
  world.close();
  expect(filesWithWords(name)).toEqual([]);
});

test('another process that reads delays the wiping, and stops nobody', async () => {
  const file = join(folder, 'read.db');
  const world = createWorld({
    url: `file:${file}`,
    isDirect: true,
    questions: [freeTextItem('s1')],
  });
  await world.teamId();
  await interviewed(world);
  const reader = new Sqlite(file);
  reader.exec('begin');
  reader.prepare('select count(*) from people').get();

  await world.ask('mock delete interview:1 confirm:yes', ana);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(filesWithWords('read')).not.toEqual([]);
  expect(await world.store.personOfAccount('terminal:ana')).toBeDefined();
  reader.exec('commit');
  reader.close();

  await expect.poll(() => filesWithWords('read'), { timeout: 30_000 }).toEqual([]);
  world.close();
});
