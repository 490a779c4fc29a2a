import { expect } from 'vitest';
import type { Machine } from '../support/machine.ts';
import type { Actor, Message, Seen } from '../support/stage.ts';
import { message } from './daily.ts';

/** Answers that a strong, a middling and a lost candidate give to the items of `freeTextItem`. */
export const STRONG =
  'Because decode reads one token at a time, the keys and values of past tokens are stored in the cache so that they are not computed again. Fewer key heads than query heads make the cache smaller. It grows linearly with the context length.';
export const PARTIAL =
  'The keys and values of past tokens are stored so that they are not computed again.';
/** Says one point, and hints at another one. */
export const HINTED = `${PARTIAL} Length matters.`;

/** Where the candidate's interview takes place, and its newest message. */
async function newest(machine: Machine, room: Room): Promise<Message> {
  const list = await machine.stage.messages(room.channel, room.thread);
  const last = list.at(-1);
  if (!last) throw new Error('The room is empty');
  return last;
}

export type Room = { channel: string; thread?: string };

/** Opens an interview and returns its first message, in its room. */
export async function openInterview(
  machine: Machine,
  ana: Actor,
  values: Record<string, string> = {},
): Promise<Message> {
  const opened = message(await ana.command('mock', { minutes: '15', ...values }));
  if (opened.buttons.includes('Start')) return opened;
  await machine.tick();
  await machine.tick();
  const interview = await machine.store.interview(1);
  if (!interview) throw new Error('No interview');
  const room: Room = {
    channel: interview.channel,
    ...(interview.thread ? { thread: interview.thread } : {}),
  };
  return newest(machine, room);
}

/** Answers with the button of a card: the form, then what comes back. */
export async function answer(ana: Actor, card: Message, text: string): Promise<Message> {
  const form = await ana.press(card, 'Answer');
  if (form.kind !== 'form') throw new Error('Answer must ask');
  return message(await ana.fill(form, { [form.fields[0]?.name ?? 'text']: text }));
}

export const isQuestion = (seen: Seen): boolean =>
  seen.kind === 'message' && seen.buttons.includes('Answer');

/**
 * A whole solo interview on any platform, with the bot restarted between all turns when told so:
 * answers by form, a hint, an answer taken back, a skip, a wrong person, a double press, and the report.
 */
export async function playMock(machine: Machine, options: { restarts: boolean }): Promise<string> {
  const { stage } = machine;
  const ana = stage.actor('ana');
  const eve = stage.actor('eve');
  const turn = async () => {
    if (options.restarts) await machine.restart();
  };
  const intro = await openInterview(machine, ana);
  expect(intro.text).toContain('3 questions, 15 minutes');
  await turn();

  // Somebody else presses, and hears so in private.
  const stranger = message(await eve.press(intro, 'Start'));
  expect(stranger.text).toContain("isn't yours");
  expect(stranger.isPrivate).toBe(true);

  let card = message(await ana.press(intro, 'Start'));
  expect(card.text).toContain('Question 1 of 3: warm-up');
  // Whoever writes below it has read how to answer; the terminal simply takes lines.
  if (stage.platform !== 'terminal') expect(card.text).toContain('choose Use as my answer from');
  await turn();
  // The same button once more leads to the same question, and does not ask it twice.
  const pressed = message(await ana.press(intro, 'Start'));
  expect(pressed.text).toContain('already moved on');
  const again = message(await ana.press(pressed, 'Show newest card'));
  expect(again.text).toContain('Question 1 of 3');

  // First answer, taken back, given again, in full.
  const answered = await answer(ana, card, PARTIAL);
  await turn();
  const back = message(await ana.press(answered, 'Change answer'));
  expect(isQuestion(back)).toBe(true);
  const feedback = await answer(ana, back, STRONG);
  expect(feedback.text).toMatch(/Question 1: (Solid|Excellent)/);
  await turn();

  // Second: a hint, a partial answer, a follow-up on what was left out.
  card = message(await ana.press(feedback, 'Next question'));
  const hinted = message(await ana.press(card, 'Hint (−10%)'));
  expect(hinted.text).toContain('The first hint.');
  await turn();
  const followUp = await answer(ana, hinted, PARTIAL);
  expect(followUp.text).toContain('follow-up');
  await turn();
  const left = message(await ana.press(followUp, 'Skip follow-up'));
  expect(left.text).toContain('Not heard');
  await turn();

  // Third: skipped. Then the report.
  card = message(await ana.press(left, 'Next question'));
  const skipped = message(await ana.press(card, 'Skip'));
  await turn();
  const report = message(await ana.press(skipped, 'See report'));
  expect(report.text).toContain('Correctness');
  expect(message(await ana.press(report, 'Full report')).text).toContain('Missed key points');

  // After the end: nothing is taken any more.
  const late = message(await ana.press(card, 'Skip'));
  expect(late.text).toContain('This interview is over');
  const history = message(await ana.command('mock', { mode: 'history' }));
  expect(history.text).toContain('%');
  expect(stage.complaints()).toEqual([]);
  return report.text;
}

/** Time is taken before it is over, after it is over, and not at all. */
export async function playTime(machine: Machine): Promise<void> {
  const { stage, clock } = machine;
  const ana = stage.actor('ana');
  const jump = (minutes: number) =>
    clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
  const intro = await openInterview(machine, ana, { level: 'medium' });
  expect(intro.buttons).toEqual(['Start', 'Start without timer', 'Cancel']);
  expect(intro.text).toContain('You chose level medium.');
  expect(intro.text).toContain('Select Pause to stop it, add time, or turn it off.');
  let card = message(await ana.press(intro, 'Start'));

  // Before the end, in a pause, which itself costs nothing.
  jump(5);
  const paused = message(await ana.press(card, 'Pause'));
  expect(paused.text).toContain('10 minutes left');
  jump(50 * 60);
  const longer = message(await ana.press(paused, 'Add 10 minutes'));
  expect(longer.text).toContain('20 minutes left');
  card = message(await ana.press(longer, 'Resume'));

  // After the end there are ten minutes more, not ten minutes after the old end.
  jump(60);
  const feedback = await answer(ana, card, STRONG);
  const over = message(await ana.press(feedback, 'Next question'));
  expect(over.text).toContain("Time's up");
  card = message(await ana.press(over, 'Add 10 minutes'));
  expect(card.text).toContain('Question 2 of 3');

  // Without a timer nothing is over.
  const again = message(await ana.press(card, 'Pause'));
  const untimed = message(await ana.press(again, 'Turn off timer'));
  expect(untimed.buttons).toEqual(['Resume', 'End']);
  card = message(await ana.press(untimed, 'Resume'));
  expect(card.text).toContain('No timer.');
  const asked = message(await ana.press(card, 'End'));
  expect(asked.text).toContain('End the interview?');
  expect(asked.isPrivate).toBe(true);
  expect(asked.buttons).toEqual(['End interview']);
  // Who pressed it by mistake goes on where they were.
  card = message(await ana.press(card, 'Pause'));
  card = message(await ana.press(card, 'Resume'));
  const old = message(await ana.press(asked, 'End interview'));
  expect(old.text).toContain('has moved on since');
  const report = message(await ana.press(old, 'End interview'));
  expect(report.text).toContain('in 65:00, untimed');
  const late = message(await ana.press(card, 'End'));
  expect(late.text).toContain('This interview is over');
  expect(late.buttons).toContain('See report');
  expect(stage.complaints()).toEqual([]);
}
