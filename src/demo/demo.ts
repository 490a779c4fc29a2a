import type { Speaker, World } from '../adapters/terminal/world.ts';
import type { Answered } from '../adapters/web/world.ts';
import { hexDigest } from '../core/digest.ts';
import { randomFrom } from '../core/random.ts';
import { formatPoints } from '../core/scoring/points.ts';
import { rankAll } from '../core/scoring/window.ts';
import { type Clock, type Day, formatMoment } from '../core/time.ts';
import type { Store } from '../queries.ts';
import { buttonId } from '../spine/button.ts';
import type { Bot } from '../spine/command.ts';
import type { Event } from '../spine/event.ts';
import type { Reply } from '../spine/reply.ts';
import type { PlatformName } from '../spine/request.ts';
import { answerLine, lineFor } from './answers.ts';
import { DEMO_TIME, hoursBetween, morningBefore, readJump } from './days.ts';
import { createLiveBeat } from './live.ts';

/** A simulated colleague: how often they answer, how often they are right, and on which days they are there. */
export type Colleague = {
  id: string;
  name: string;
  answers: number;
  right: number;
  isThere?(day: Day): boolean;
};

const COLLEAGUES: readonly Colleague[] = [
  { id: 'mira', name: 'Mira (simulated)', answers: 0.95, right: 0.75 },
  { id: 'tomas', name: 'Tomás (simulated)', answers: 0.85, right: 0.6 },
  { id: 'wei', name: 'Wei (simulated)', answers: 0.9, right: 0.5 },
];

/** Enough people for what is only shown of five or more. */
export const LARGE_TEAM: readonly Colleague[] = [
  ...COLLEAGUES,
  { id: 'lena', name: 'Lena (simulated)', answers: 1, right: 0.65 },
  { id: 'omar', name: 'Omar (simulated)', answers: 0.95, right: 0.55 },
  { id: 'emma', name: 'Emma (simulated)', answers: 0.9, right: 0.8 },
  { id: 'paul', name: 'Paul (simulated)', answers: 0.85, right: 0.4 },
];

export const DEMO = {
  workspaceName: 'the demo team',
  channel: 'daily',
  time: DEMO_TIME,
  /** Past days that the board begins with. */
  daysBefore: 5,
};

/** What says that somebody is done with a question, or at least began. */
const ANSWERS = new Set<Event['kind']>(['answered', 'answered-in-words', 'revealed']);

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
    return hexDigest(String(count)).slice(0, 32);
  };
}

/** What the demo team is made of. */
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
  colleagues?: readonly Colleague[];
  /** Today's first question waits for somebody's answer; then a colleague answers at each beat. */
  isPatient?: boolean;
};

/** The demo team: a schedule, a few past days, and colleagues who answer what is posted. */
export function createDemo(parts: DemoParts) {
  const { store, clock, tick, zone, locale, platform = 'terminal' } = parts;
  const you: Speaker = { account: `${platform}:you`, name: 'You', isAdmin: true };
  const say = voicesOf(parts);
  const colleagues = createColleagues(parts, say);

  /** Colleagues wait until somebody answers the open question, and then come one by one. */
  let waiting: 'nobody' | 'for an answer' | 'for a beat' = 'nobody';

  async function settle(): Promise<void> {
    await tick();
    if (waiting === 'nobody') await colleagues.answer(await teamId());
  }

  function hear({ kind }: Event): void {
    if (waiting === 'for an answer' && ANSWERS.has(kind)) waiting = 'for a beat';
  }

  /** Lets one colleague answer; false when all have. */
  async function answerNext(): Promise<boolean> {
    if (waiting !== 'for a beat') return false;
    const isAnswered = (await colleagues.answer(await teamId(), 1)) > 0;
    if (!isAnswered) waiting = 'nobody';
    return isAnswered;
  }

  let known: string | undefined;
  async function teamId(): Promise<string> {
    known ??= await meetTeam(parts, you);
    return known;
  }

  /** Builds the past and posts today's question. */
  async function begin(): Promise<void> {
    const start = clock.now();
    clock.moveTo(morningBefore(start, parts.daysBefore ?? DEMO.daysBefore, zone));
    await say(
      you,
      `setup action:plan channel:${DEMO.channel} time:${DEMO.time} zone:${zone} days:weekdays`,
    );
    const [schedule] = await store.scheduleDrafts(await teamId());
    if (schedule) await say(you, `setup switch schedule:${schedule.id} do:on`);
    await jumpTo(new Date(start.getTime() - 1));
    if (parts.isPatient) waiting = 'for an answer';
    await passTo(start);
  }

  /** Lets the time come, one posting hour after the other. */
  async function jumpTo(target: Date): Promise<void> {
    if (waiting !== 'nobody') await colleagues.answer(await teamId());
    waiting = 'nobody';
    await passTo(target);
  }

  async function passTo(target: Date): Promise<void> {
    for (const hour of [...hoursBetween(clock.now(), target, zone), target]) {
      await passPlanned(hour);
      clock.moveTo(hour);
      await settle();
    }
  }

  /** Digests and reminders come at hours of their own. */
  async function passPlanned(until: Date): Promise<void> {
    for (;;) {
      const due = await store.nextPlannedAt();
      if (!due || due >= until || due <= clock.now()) return;
      clock.moveTo(due);
      await settle();
    }
  }

  const world: World = {
    workspace: workspaceOn(platform),
    workspaceName: DEMO.workspaceName,
    channel: DEMO.channel,
    speakers: [you, ...colleagues.speakers],
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
    const [post] = await store.openPosts(await teamId());
    const person = await store.personOfAccount(you.account);
    return post && lineFor(post, how, person?.id);
  }

  async function board() {
    const rows = rankAll(await store.topOf(await teamId(), 5));
    return rows.map(({ rank, name, quarters }) => ({ rank, name, points: formatPoints(quarters) }));
  }

  const beatLive = createLiveBeat(parts, colleagues.players);
  const beat = async () => (await answerNext()) || beatLive();
  return { begin, settle, jumpTo, answer, hear, beat, board, world };
}

const workspaceOn = (platform: PlatformName) => `${platform}:demo`;

async function meetTeam(
  { store, clock, zone, platform = 'terminal' }: DemoParts,
  { account, name }: Speaker,
): Promise<string> {
  const { team } = await store.meet({
    account,
    name,
    workspace: workspaceOn(platform),
    workspaceName: DEMO.workspaceName,
    zone,
    newPersonId: 'you',
    newTeamId: 'demo',
    at: clock.now(),
  });
  return team.id;
}

type Say = (speaker: Speaker, text: string) => Promise<Reply | undefined>;

/** How the people of the demo say a line in its channel. */
function voicesOf({ bot, zone, locale, platform = 'terminal' }: DemoParts): Say {
  return async ({ account, name, isAdmin }, text) => {
    // A line that is too long for a button is typed.
    const { id, stored } = buttonId(text);
    const step = await bot.prepare({
      platform,
      workspace: workspaceOn(platform),
      workspaceName: DEMO.workspaceName,
      account,
      accountName: name,
      isAdmin,
      place: { channel: DEMO.channel, kind: 'channel' },
      locale,
      zone,
      said: stored ? { kind: 'text', text } : { kind: 'button', id },
    });
    return step.kind === 'run' ? step.run() : undefined;
  };
}

/** Those who answer a post once; whether and how well follows from the post and the person. */
function createColleagues(
  { store, platform = 'terminal', colleagues: team = COLLEAGUES }: DemoParts,
  say: Say,
) {
  const answered = new Set<string>();
  const colleagues = team.map((each) => ({
    ...each,
    speaker: { account: `${platform}:${each.id}`, name: each.name, isAdmin: false },
  }));
  return {
    speakers: colleagues.map(({ speaker }) => speaker),
    players: colleagues.map(({ id, right, speaker }) => ({
      id,
      right,
      say: (line: string) => say(speaker, line),
    })),
    /** @returns How many answered, of whom there are no more than `most`. */
    async answer(teamId: string, most = Number.POSITIVE_INFINITY): Promise<number> {
      let count = 0;
      for (const post of await store.openPosts(teamId)) {
        for (const colleague of colleagues) {
          const key = `${post.id} ${colleague.id}`;
          if (count >= most || answered.has(key)) continue;
          answered.add(key);
          const random = randomFrom(`${post.day} ${colleague.id}`);
          if (random() > colleague.answers || colleague.isThere?.(post.day) === false) continue;
          const run = answerLine(post, random() < colleague.right, random);
          if (!run) continue;
          await say(colleague.speaker, run);
          count += 1;
        }
      }
      return count;
    },
  };
}
