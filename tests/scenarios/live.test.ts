import { expect, test } from 'vitest';
import { singleItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import type { Message } from '../support/stage.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { letterOf, message } from './daily.ts';

const QUESTIONS = Array.from({ length: 4 }, (_, index) => singleItem(`c5-item-${index}`));

test.each([...STAGES, 'web'] as const)(
  'a live round with three people, a restart, a pause, and the results: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, { catalog: smallCatalog(QUESTIONS) });
    const { stage } = machine;
    const [host, ana, bo] = ['hana', 'ana', 'bo'].map((each) => stage.actor(each));
    if (!host || !ana || !bo) throw new Error('Three people take part');
    const channel = async (title: string): Promise<Message> => {
      const found = (await stage.messages(stage.channel)).findLast(({ text }) =>
        text.includes(title),
      );
      if (!found) throw new Error(`"${title}" is not in the channel`);
      return found;
    };

    const status = message(await host.command('live', { count: 3, seconds: 20 }));
    expect(status.isPrivate).toBe(true);
    await machine.tick();
    const lobby = await channel('Host: hana');
    expect(message(await ana.press(lobby, 'Join')).text).toContain("You're in");
    expect(message(await bo.press(lobby, 'Start round')).text).toContain('Only the host');
    expect(message(await host.press(lobby, 'Start round')).isPrivate).toBe(true);
    await machine.tick();

    // Everybody answers the same card, and a changed answer counts as the last one.
    const first = await channel('question 1 of 3');
    expect(first.isPrivate).toBe(false);
    const [right, wrong] = [letterOf(first, 'The right one'), letterOf(first, 'First wrong')];
    const saved = message(await ana.press(first, wrong));
    expect(saved.isPrivate).toBe(true);
    expect(saved.text).toContain(`Your answer: ${wrong}`);
    await machine.restart();
    await ana.press(first, right);
    await bo.press(first, wrong);
    await machine.comeTo('2026-03-02T08:00:22Z');
    const solution = await channel('Solution to question 1 of 3');
    expect(solution.text).toContain('1 of 2 answered correctly.');
    expect(solution.text).toMatch(/ana\W+1\W+1 of 1[\s\S]*bo\W+0\W+1 of 1/);
    expect((await channel('question 1 of 3 (closed)')).buttons).toEqual([]);
    expect(message(await bo.press(solution, 'My place')).text).toContain('Place 2 of 2');

    await machine.comeTo('2026-03-02T08:00:52Z');
    const second = await channel('question 2 of 3');
    await host.press(second, 'Pause');
    await machine.tick();
    const paused = await channel('question 2 of 3 (paused)');
    await machine.comeTo('2026-03-02T08:10:00Z');
    await bo.press(paused, letterOf(paused, 'The right one'));
    await host.press(paused, 'Continue');
    await machine.comeTo('2026-03-02T08:10:22Z');
    const next = await channel('Solution to question 2 of 3');
    expect(next.text).toMatch(/1\W+ana\W+1\W+1 of 2[\s\S]*1\W+bo\W+1\W+2 of 2/);

    await host.press(next, 'Next question');
    await machine.tick();
    const third = await channel('question 3 of 3');
    await ana.press(third, letterOf(third, 'The right one'));
    await host.press(third, 'Close question');
    await machine.tick();
    const result = await channel('Live round: results');
    expect(result.text).toContain('Winner: ana (2 of 3 correct)');
    expect(message(await bo.press(result, 'My results')).text).toContain('Not answered');
    expect(message(await bo.press(result, 'Practice these')).text).toContain('Quiz 1 of 2');

    // No point for the board.
    expect(message(await ana.command('leaderboard')).text).not.toMatch(/1\W+ana/);
    expect(stage.complaints()).toEqual([]);
    await stop();
  },
);
