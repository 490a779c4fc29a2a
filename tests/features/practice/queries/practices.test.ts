import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { afterStep, type PracticeState, stepOf } from '../../../../src/core/practice/session.ts';
import { attemptOf } from '../../../support/items.ts';
import { createWorld } from '../../../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-practices-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PEOPLE = 10;
const CARDS = 20;
const settings = { kind: 'review' } as const;
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test('a durable step of a review costs at most one and a half durable answers', async () => {
  const world = createWorld({ url: `file:${join(folder, 'cost.db')}` });
  await world.setUp('time:09:00 zone:UTC days:weekdays', { as: 'boss', admin: true });
  await world.comeTo('2026-03-02T09:00:00Z');
  const { store } = world;
  const at = new Date('2026-03-02T09:05:00Z');
  const meet = async (name: string) => {
    await world.ask('help', { as: name });
    return world.personId(name);
  };
  const answers: number[] = [];
  const steps: number[] = [];
  const cards = Array.from({ length: CARDS }, (_, index) => `q${index}`);
  for (let person = 0; person < PEOPLE; person += 1) {
    const personId = await meet(`reviewer ${person}`);
    const others = await Promise.all(cards.map((card) => meet(`p${person} ${card}`)));
    const teamId = await world.teamId();
    const { id } = await store.startPractice({ personId, teamId, settings, cards, at });
    let state: PracticeState = { cards, results: [], tried: [], hints: 0 };
    // In turns, so that both meet the same disk.
    for (const [index, card] of cards.entries()) {
      const from = { step: stepOf(state), tried: 0, hints: 0 };
      state = afterStep(state, { share: 1, recall: 'good', answer: 'b' }, settings);
      const key = `review ${id} step ${from.step}`;
      const change = {
        personId,
        card,
        chapter: 5,
        key,
        what: 'good',
        share: 1,
        day: '2026-03-02',
        at,
      } as const;
      steps.push(await timed(() => store.movePractice({ id, from, state, change, at })));
      const answer = attemptOf({ postId: 1, personId: others[index] ?? '', at });
      answers.push(await timed(() => store.recordAttempt(answer)));
    }
    expect((await store.practice(id))?.endedAt).toEqual(at);
  }
  world.close();

  const ratio = median(steps) / median(answers);
  if (process.env['FIGURES'])
    process.stdout.write(
      `step ${median(steps).toFixed(2)} ms, answer ${median(answers).toFixed(2)} ms, ratio ${ratio.toFixed(2)}\n`,
    );
  expect(ratio).toBeLessThanOrEqual(1.5);
});

test('a step counts once, and its card with it', async () => {
  const world = createWorld();
  await world.ask('help', { as: 'ana' });
  const { store } = world;
  const [personId, teamId] = [await world.personId('ana'), await world.teamId()];
  const at = new Date('2026-03-02T09:05:00Z');
  const { id, state } = await store.startPractice({
    personId,
    teamId,
    settings,
    cards: ['q1', 'q2'],
    at,
  });
  const next = afterStep(state, { share: 1, recall: 'good' }, settings);
  const change = {
    personId,
    card: 'q1',
    chapter: 5,
    key: `review ${id} step 0`,
    what: 'good',
    share: 1,
    day: '2026-03-02',
    at,
  } as const;
  const move = { id, from: { step: 0, tried: 0, hints: 0 }, state: next, change, at };

  expect(await Promise.all([store.movePractice(move), store.movePractice(move)])).toEqual([
    true,
    false,
  ]);

  expect((await store.practice(id))?.state.results).toHaveLength(1);
  expect(await store.latestAnswers(personId)).toHaveLength(1);
  world.close();
});

test('starting a review ends the one before, and leaves a quiz open', async () => {
  const world = createWorld();
  await world.ask('help', { as: 'ana' });
  const { store } = world;
  const [personId, teamId] = [await world.personId('ana'), await world.teamId()];
  const at = new Date('2026-03-02T09:05:00Z');
  const quiz = { kind: 'quiz', mode: 'mixed', count: 1 } as const;
  const start = (kind: typeof settings | typeof quiz) =>
    store.startPractice({ personId, teamId, settings: kind, cards: ['q1'], at });
  const first = await start(settings);
  const open = await start(quiz);

  const second = await start(settings);

  expect((await store.practice(first.id))?.endedAt).toEqual(at);
  expect((await store.openPractice(personId, 'review'))?.id).toBe(second.id);
  expect((await store.openPractice(personId, 'quiz'))?.id).toBe(open.id);
  world.close();
});
