import { expect, test } from 'vitest';
import { freeTextItem, singleItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import type { FormSeen, Seen } from '../support/stage.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { letterOf, message } from './daily.ts';
import { answer, openInterview } from './mock.ts';

const HEADS = 'Fewer key heads than query heads make the cache smaller.';

const QUESTIONS = [
  ...Array.from({ length: 4 }, (_, index) => singleItem(`c5-item-${index}`)),
  freeTextItem('c5-open'),
];

function form(seen: Seen): FormSeen {
  if (seen.kind !== 'form') throw new Error(`No form came, but: ${seen.text}`);
  return seen;
}

test.each([...STAGES, 'web'] as const)(
  'a quiz in place, a restart, an answer in words, and the review of the next day: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, { catalog: smallCatalog(QUESTIONS) });
    const { stage } = machine;
    const ana = stage.actor('ana');

    let card = message(await ana.command('quiz', { count: 5 }));
    expect(card.isPrivate).toBe(true);
    expect(card.text).toContain('Quiz 1 of 5');
    for (let step = 1; step <= 5; step += 1) {
      // A message of yesterday, or of before an update, goes on.
      if (step === 3) await machine.restart();
      const isOpen = card.text.includes('Why does serving keep a cache');
      const seen = isOpen
        ? await ana.fill(form(await ana.press(card, 'Answer')), {
            text: 'Keys and values of past tokens are stored.',
          })
        : await ana.press(card, letterOf(card, step === 1 ? 'The right one' : 'First wrong'));
      let result = message(seen);
      if (result.buttons.includes('Try again'))
        result = message(await ana.press(result, 'Show solution'));
      card = message(await ana.press(result, step === 5 ? 'See results' : 'Next question'));
      if (name !== 'terminal') expect(card.replaced).toBe(true);
    }
    expect(card.text).toMatch(/\d of 5 correct/);

    await machine.comeTo('2026-03-04T08:00:00Z');
    const due = message(await ana.command('review'));
    expect(due.text).toMatch(/Review 1 of [3-5]/);
    const left = message(await ana.press(due, 'Not today'));
    expect(left.text).toMatch(/Review 1 of [2-4]/);
    expect(left.text).toContain('comes back tomorrow');
    expect(message(await ana.press(left, 'End review')).text).toContain('You answered nothing');

    // Practice moves no board.
    expect(message(await ana.command('leaderboard')).text).not.toMatch(/1\W+ana/);
    expect(stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each([...STAGES, 'web'] as const)(
  'an interview ends in a plan, its missed points are reviewed, and the next one asks otherwise: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, {
      catalog: smallCatalog(Array.from({ length: 6 }, (_, at) => freeTextItem(`c5-open-${at}`))),
    });
    const { stage } = machine;
    const ana = stage.actor('ana');
    const intro = await openInterview(machine, ana, { style: 'strict' });
    let card = await answer(ana, message(await ana.press(intro, 'Start')), HEADS);
    card = message(await ana.press(card, 'End'));
    const report = message(await ana.press(card, 'End interview'));
    expect(report.text).toContain('You missed 2 key points');
    await machine.restart();

    // Read again, the report is for its owner alone, and what it leads to opens beside it.
    const history = message(await ana.command('mock', { mode: 'history' }));
    const again = message(await ana.press(history, 'See report 1'));
    expect(again.isPrivate).toBe(true);
    const full = message(await ana.press(again, 'Full report'));
    expect(message(await ana.press(full, 'Quiz Chapter title 5')).replaced).toBe(false);
    const point = message(await ana.press(again, 'Review missed points'));
    expect(point.replaced).toBe(false);
    expect(point.text).toContain('Review 1 of 2');
    const said = message(
      await ana.fill(form(await ana.press(point, 'Answer')), {
        text: 'Keys and values of past tokens are stored. It grows linearly with the context length.',
      }),
    );
    expect(said.text).toContain('Correct');
    expect(message(await ana.command('me', { action: 'progress' })).text).toContain(
      '0% correct at first, 100% now',
    );

    await machine.comeTo('2026-03-05T08:00:00Z');
    message(await ana.command('mock', { minutes: '15' }));
    const [first, second] = [await machine.store.interview(1), await machine.store.interview(2)];
    const asked = first?.plan.questions.map(({ questionId }) => questionId) ?? [];
    const planned = second?.plan.questions ?? [];
    expect(planned.map(({ follows }) => follows)).toContain(asked[0]);
    expect(planned.filter(({ questionId }) => asked.includes(questionId))).toEqual([]);
    expect(stage.complaints()).toEqual([]);
    await stop();
  },
);
