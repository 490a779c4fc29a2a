import { createHash } from 'node:crypto';
import type { Speaker, World } from './adapters/terminal/world.ts';
import type { Answered } from './adapters/web/world.ts';
import { personalOrder, shownLetter } from './bot/answer-card.ts';
import { buttonId, runLine } from './bot/button.ts';
import type { Bot } from './bot/command.ts';
import type { Reply } from './bot/reply.ts';
import type { PlatformName } from './bot/request.ts';
import { isScored, letterOf } from './core/questions/check-answer.ts';
import type { SpokenQuestion } from './core/questions/schema.ts';
import { randomFrom } from './core/random.ts';
import {
  addDays,
  type Clock,
  dayIn,
  formatMoment,
  instantOf,
  isZone,
  parseTimeOfDay,
} from './core/time.ts';
import type { Post } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** The simulated colleagues, how often they answer and how often they are right. */
const COLLEAGUES = [
  { id: 'mira', name: 'Mira (simulated)', answers: 0.95, right: 0.75 },
  { id: 'tomas', name: 'Tomás (simulated)', answers: 0.85, right: 0.6 },
  { id: 'wei', name: 'Wei (simulated)', answers: 0.9, right: 0.5 },
] as const;

export const DEMO = {
  workspaceName: 'the demo team',
  channel: 'daily',
  time: '09:00',
  /** Past days that the board begins with. */
  daysBefore: 5,
};

/** A clock that only moves when somebody moves it. */
export function movableClock(start: Date): Clock & { moveTo(instant: Date): void } {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      now = instant;
    },
  };
}

/** Ids that are the same in every run, so that a demo can be told and played again. */
export function countedIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(String(count)).digest('hex').slice(0, 32);
  };
}

/** The last weekday at or before a day, at the demo's hour. */
export function demoStart(today: Date, zone: string): Date {
  let day = dayIn(today, zone);
  while ([6, 7].includes(isoWeekday(day))) day = addDays(day, -1);
  return instantOf({ day, time: DEMO.time, zone });
}

function isoWeekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export type DemoParts = {
  bot: Bot;
  store: Store;
  clock: ReturnType<typeof movableClock>;
  tick(): Promise<void>;
  zone: string;
  locale: string;
  /** Where the team talks; the terminal when absent. */
  platform?: Extract<PlatformName, 'terminal' | 'web'>;
  /** Past days with a question. */
  daysBefore?: number;
};

/** The demo team: a schedule, a few past days, and colleagues who answer what is posted. */
export function createDemo(parts: DemoParts) {
  const { bot, store, clock, tick, zone, locale, platform = 'terminal' } = parts;
  const workspace = `${platform}:demo`;
  const you: Speaker = { account: `${platform}:you`, name: 'You', isAdmin: true };
  const colleagues = COLLEAGUES.map((each) => ({
    ...each,
    account: `${platform}:${each.id}`,
    isAdmin: false,
  }));
  const answered = new Set<string>();

  const say = async (speaker: Speaker, text: string): Promise<Reply | undefined> => {
    // A line that is too long for a button is typed.
    const { id, stored } = buttonId(text);
    const step = await bot.prepare({
      platform,
      workspace,
      workspaceName: DEMO.workspaceName,
      account: speaker.account,
      accountName: speaker.name,
      isAdmin: speaker.isAdmin,
      place: { channel: DEMO.channel, kind: 'channel' },
      locale,
      zone,
      said: stored ? { kind: 'text', text } : { kind: 'button', id },
    });
    return step.kind === 'run' ? step.run() : undefined;
  };

  /** Colleagues answer a post once; whether and how well follows from the post and the person. */
  async function colleaguesAnswer(teamId: string): Promise<void> {
    for (const post of await store.openPosts(teamId)) {
      for (const colleague of colleagues) {
        const key = `${post.id} ${colleague.id}`;
        if (answered.has(key)) continue;
        answered.add(key);
        const random = randomFrom(`${post.day} ${colleague.id}`);
        if (random() > colleague.answers) continue;
        const run = answerLine(post, random() < colleague.right, random);
        if (run) await say(colleague, run);
      }
    }
  }

  async function settle(): Promise<void> {
    await tick();
    await colleaguesAnswer(await teamOf());
  }

  let team: string | undefined;
  async function teamOf(): Promise<string> {
    if (team) return team;
    const met = await store.meet({
      account: you.account,
      name: you.name,
      workspace,
      workspaceName: DEMO.workspaceName,
      zone,
      newPersonId: 'you',
      newTeamId: 'demo',
      at: clock.now(),
    });
    team = met.team.id;
    return team;
  }

  /** Builds the past and posts today's question. */
  async function begin(): Promise<void> {
    const start = clock.now();
    let day = dayIn(start, zone);
    let before = parts.daysBefore ?? DEMO.daysBefore;
    while (before > 0) {
      day = addDays(day, -1);
      if (isoWeekday(day) < 6) before -= 1;
    }
    clock.moveTo(instantOf({ day, time: '08:00', zone }));
    await say(
      you,
      `setup action:plan channel:${DEMO.channel} time:${DEMO.time} zone:${zone} days:weekdays`,
    );
    const [schedule] = await store.schedulesOf(await teamOf());
    if (schedule) await say(you, `setup action:on schedule:${schedule.id}`);
    await jumpTo(start);
  }

  /** Lets the time come, one posting hour after the other. */
  async function jumpTo(target: Date): Promise<void> {
    for (let day = dayIn(clock.now(), zone); day <= dayIn(target, zone); day = addDays(day, 1)) {
      for (const time of ['08:00', DEMO.time]) {
        const instant = instantOf({ day, time, zone });
        if (instant <= clock.now() || instant > target) continue;
        clock.moveTo(instant);
        await settle();
      }
    }
    clock.moveTo(target);
    await settle();
  }

  const world: World = {
    workspace,
    workspaceName: DEMO.workspaceName,
    channel: DEMO.channel,
    speakers: [you, ...colleagues.map(({ account, name }) => ({ account, name, isAdmin: false }))],
    zone,
    jump: async (words) => {
      const target = readJump(words, clock.now(), zone);
      if (!target || target <= clock.now()) return false;
      await jumpTo(target);
      return true;
    },
    now: () => formatMoment(clock.now(), zone, locale),
  };

  /** The saved command that answers the newest open question so. */
  async function answer(how: Answered): Promise<string | undefined> {
    const post = (await store.openPosts(await teamOf())).at(0);
    if (post?.question?.format === 'order') return orderLine(post.id, post.question, how);
    const line = post && answerLine(post, how !== 'wrong', randomFrom(post.day));
    // Of several right options, the first alone.
    return how === 'partly' ? line?.replace(/,.*$/, '') : line;
  }

  /** Steps are named by the letters that this person sees. */
  async function orderLine(id: number, question: OrderQuestion, how: Answered) {
    const person = await store.personOfAccount(you.account);
    const shown = personalOrder(question, `${id} ${person?.id}`);
    const letters = question.steps.map((_, index) => shownLetter(shown.indexOf(letterOf(index))));
    const given = how === 'right' ? letters : letters.reverse();
    return `answer order post:${id} try:1 letters:${given.join('')}`;
  }

  return { begin, settle, jumpTo, answer, world };
}

type OrderQuestion = Extract<NonNullable<Post['question']>, { format: 'order' }>;

/** The answer a colleague gives: the key, or one of the wrong options. */
function answerLine(post: Post, isRight: boolean, random: () => number): string | undefined {
  const { question } = post;
  if (!question) return undefined;
  if (question.format === 'numeric')
    return `answer number post:${post.id} try:1 value:${isRight ? question.answer : question.answer * 2}`;
  if (question.format === 'order') return undefined;
  if (!isScored(question)) return wordsLine(post.id, question, isRight, random);
  const letters = question.options.map((option, index) => ({
    letter: letterOf(index),
    right: option.correct,
  }));
  const wrong = letters.filter((each) => !each.right);
  const choice = isRight
    ? letters
        .filter((each) => each.right)
        .map(({ letter }) => letter)
        .join(',')
    : wrong[Math.floor(random() * wrong.length)]?.letter;
  return `answer post:${post.id} try:1 choice:${choice}`;
}

/** Some sentences of the model answer, or one that says little. */
function wordsLine(
  post: number,
  { modelAnswer }: SpokenQuestion,
  isRight: boolean,
  random: () => number,
): string {
  const sentences = modelAnswer.split(/(?<=[.;]) /);
  const from = Math.floor(random() * Math.max(1, sentences.length - 1));
  const text = isRight
    ? sentences.slice(from, from + 2).join(' ')
    : 'I would measure it first, to be honest.';
  return runLine('answer words', { post, text });
}

/** `tomorrow 09:00`, `09:00`, `2h`, `30m`, `3 days`, `2026-12-01 09:00`. */
export function readJump(words: string, now: Date, zone: string): Date | undefined {
  const text = words.trim().toLowerCase();
  const span = /^(\d+)\s*(m|min|minutes?|h|hours?|d|days?)$/.exec(text);
  if (span) {
    const unit = span[2]?.charAt(0);
    const each = unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 86_400_000;
    return Number(span[1]) > 1000 ? undefined : new Date(now.getTime() + Number(span[1]) * each);
  }
  const match = /^(tomorrow|today|\d{4}-\d\d-\d\d)?\s*(?:at\s+)?(.*)$/.exec(text);
  const time = match?.[2] ? parseTimeOfDay(match[2]) : DEMO.time;
  if (!match || !time || (!match[1] && !match[2]) || !isZone(zone)) return undefined;
  const today = dayIn(now, zone);
  const day =
    match[1] === 'tomorrow'
      ? addDays(today, 1)
      : match[1] && match[1] !== 'today'
        ? match[1]
        : today;
  const target = instantOf({ day, time, zone });
  return target <= now && !match[1] ? instantOf({ day: addDays(day, 1), time, zone }) : target;
}
