import { expect, test } from 'vitest';
import type { Recall } from '../../../../src/core/practice/memory.ts';
import { pick, type Random, randomFrom } from '../../../../src/core/random.ts';
import { addDays, type Day } from '../../../../src/core/time.ts';
import type { CardChange } from '../../../../src/store/queries/card-steps.ts';
import { openMemory } from '../../../support/stores.ts';

/** Simulated months of people with interviews, daily questions, quizzes, reviews, and things that they are done with. */
const LOOP = {
  people: 100,
  days: 60,
  seed: 'loop',
  /** How many cards of a day people choose, 20 being the default. */
  loads: [5, 10, 20],
  /** The chance of a day of study, of an interview on such a day, and of each point missed in it. */
  study: 0.7,
  interview: 1 / 5,
  points: 4,
  /** Closed items answered on a day besides: the daily question, and short quizzes. */
  others: 3,
  items: 250,
  /** The chance of a right answer, and that a card is put away after it was asked. */
  right: 0.7,
  done: 0.04,
};

const WITHIN = 7;

/** A missed point that waits to come back: on how many days its owner has studied since. */
type Wait = { studied: number; isBack: boolean };

type Person = {
  id: string;
  random: Random;
  load: number;
  waits: Map<string, Wait>;
  done: Set<string>;
};

async function open() {
  const { store, close } = openMemory();
  const people: Person[] = [];
  for (let index = 0; index < LOOP.people; index += 1) {
    const id = `p${index}`;
    await store.meet({
      account: `terminal:${id}`,
      name: id,
      workspace: 'terminal:T1',
      workspaceName: 'T1',
      newPersonId: id,
      newTeamId: 'team',
      at: new Date('2026-03-02T09:00:00Z'),
    });
    const random = randomFrom(`${LOOP.seed} ${index}`);
    const load = pick(LOOP.loads, random) ?? 20;
    await store.setDailyCards(id, load);
    people.push({ id, random, load, waits: new Map(), done: new Set() });
  }
  return { store, close, people };
}

test('missed points come back within seven days of study, and nothing does that its owner is done with', async () => {
  const { store, close, people } = await open();
  const finished: Wait[] = [];
  const broken: string[] = [];
  let asked = 0;
  let mostOfADay = 0;

  const change = (person: Person, day: Day, card: string, key: string, what: CardChange['what']) =>
    store.changeCard({
      personId: person.id,
      card,
      chapter: 5,
      key: `${key} ${card}`,
      what,
      ...(what === 'again' ? { share: 0 } : what === 'good' ? { share: 1 } : {}),
      day,
      at: new Date(`${day}T09:00:00Z`),
    });
  const answer = (person: Person): Recall => (person.random() < LOOP.right ? 'good' : 'again');

  async function study(person: Person, day: Day): Promise<void> {
    const { random, waits, done, load } = person;
    for (const wait of waits.values()) wait.studied += 1;
    const due = await store.dueCards(person.id, day, load);
    mostOfADay = Math.max(mostOfADay, due.length - load);
    for (const { card } of due) {
      asked += 1;
      if (done.has(card)) broken.push(`${person.id} ${card} ${day}`);
      const wait = waits.get(card);
      if (wait) wait.isBack = true;
      await change(person, day, card, `review ${day}`, answer(person));
      if (random() < LOOP.done) {
        await change(person, day, card, `done ${day}`, 'done');
        done.add(card);
      }
    }
    for (let index = 0; index < LOOP.others; index += 1) {
      const card = `q${Math.floor(random() * LOOP.items)}`;
      await change(person, day, card, `quiz ${day} ${index}`, answer(person));
    }
    if (random() < LOOP.interview) await interview(person, day);
    for (const [card, wait] of waits)
      if (wait.isBack || wait.studied >= WITHIN) {
        finished.push(wait);
        waits.delete(card);
      }
  }

  async function interview(person: Person, day: Day): Promise<void> {
    const { random, waits, done } = person;
    for (let index = 0; index < LOOP.points; index += 1) {
      const card = `s${Math.floor(random() * 40)}#point-${index}`;
      await change(person, day, card, `interview ${day}`, 'missed');
      if (!waits.has(card) && !done.has(card)) waits.set(card, { studied: 0, isBack: false });
    }
  }

  for (let index = 0; index < LOOP.days; index += 1) {
    const day = addDays('2026-03-02', index);
    await Promise.all(
      people.map(async (person) => {
        if (person.random() < LOOP.study) await study(person, day);
      }),
    );
  }
  close();

  const back = finished.filter(({ isBack }) => isBack).length;
  const figures = `${finished.length} missed points, ${back} back within ${WITHIN} days of study (${((back / finished.length) * 100).toFixed(1)}%), ${asked} cards asked`;
  if (process.env['FIGURES']) process.stdout.write(`${figures}\n`);
  expect(broken).toEqual([]);
  expect(mostOfADay).toBeLessThanOrEqual(0);
  expect(finished.length).toBeGreaterThan(1_000);
  expect(back / finished.length, figures).toBeGreaterThanOrEqual(0.8);
}, 600_000);
