import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { singleItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import type { Message } from '../support/stage.ts';
import { machineOn } from '../support/stages.ts';
import { letterOf, message } from './daily.ts';

const QUESTIONS = Array.from({ length: 3 }, (_, index) => singleItem(`c5-item-${index}`));
const PEOPLE = 200;
/** So many of them press in the last moment before the bell. */
const LATE = 40;
/** Real people are not in one instant; so many presses are on their way at once. */
const AT_ONCE = 25;
const STANDINGS_MS = 2_000;

/** Resolves to what is found, as soon as it is there. */
async function until<T>(find: () => Promise<T | undefined>, ms = 10_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('It never came');
    await wait(10);
  }
}

test.each(['discord', 'slack http'] as const)(
  '200 people answer one question, all of them count, and the standings come at once: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, {
      catalog: smallCatalog(QUESTIONS),
      isTimed: true,
    });
    const { stage, clock } = machine;
    const host = stage.actor('hana');
    const people = Array.from({ length: PEOPLE }, (_, index) => stage.actor(`p${index}`));
    const inChannel = (title: string): Promise<Message> =>
      until(async () =>
        (await stage.messages(stage.channel)).find(({ text }) => text.includes(title)),
      );

    stage.limitRates?.();
    await host.command('live', { count: 3, seconds: 120 });
    await host.press(await inChannel('Host: hana'), 'Start round');
    const card = await inChannel('question 1 of 3');
    const [right, wrong] = [letterOf(card, 'The right one'), letterOf(card, 'First wrong')];
    const answer = async (index: number) =>
      message(await (people[index] ?? host).press(card, index % 4 === 0 ? wrong : right));

    const waiting = Array.from({ length: PEOPLE - LATE }, (_, index) => index);
    const saved: Message[] = [];
    const lane = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        saved.push(await answer(next));
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const answeringMs = performance.now() - began;

    // The rest press together when the bell is about to ring.
    const dueAt = await until(() => machine.store.nextLiveAt());
    clock.moveTo(new Date(dueAt.getTime() - 2_100));
    machine.tick();
    const last = Array.from({ length: LATE }, (_, index) => answer(PEOPLE - LATE + index));
    saved.push(...(await Promise.all(last)));
    const solution = await inChannel('Solution to question 1 of 3');
    const standingsMs = clock.now().getTime() - dueAt.getTime();

    expect(saved.every(({ isPrivate, text }) => isPrivate && text.includes('Your answer'))).toBe(
      true,
    );
    expect(solution.text).toContain('150 of 200 answered correctly.');
    expect(solution.text).toContain('190 more people take part');
    const own = message(await (people[4] ?? host).press(solution, 'My place'));
    expect(own.text).toContain('Place 151 of 200, shared with 49 others: 0 correct, 1 of 1');
    const limited = stage.limited?.();
    console.log(name, JSON.stringify({ answeringMs, standingsMs, limited }));
    expect(standingsMs).toBeLessThan(STANDINGS_MS);
    expect(stage.complaints()).toEqual([]);
    await stop();
  },
);
