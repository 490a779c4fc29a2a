import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTerminal } from '../src/adapters/terminal/index.ts';
import { createApp } from '../src/app.ts';
import { readCatalog } from '../src/catalog.ts';
import { readCardId } from '../src/core/practice/card.ts';
import { stepOf } from '../src/core/practice/session.ts';
import { letterOf } from '../src/core/questions/check-answer.ts';
import { seedToken } from '../src/core/questions/generators/drawn.ts';
import type { Question } from '../src/core/questions/schema.ts';
import { randomFrom } from '../src/core/random.ts';
import { dayIn, formatDay } from '../src/core/time.ts';
import { demoStart } from '../src/demo/days.ts';
import { countedIds, createDemo, movableClock } from '../src/demo/demo.ts';
import { personalOrder } from '../src/session/answer-card.ts';
import { shownLetter } from '../src/session/question-card.ts';
import type { Reply } from '../src/spine/reply.ts';
import { openSqlite } from '../src/store/sqlite.ts';

/** Plays the first two weeks of three people in the demo team and writes what each of them read to docs/first-weeks.md. */

const DAYS = 14;
const ZONE = 'UTC';
const { catalog } = readCatalog();

type Newcomer = {
  id: string;
  name: string;
  about: string;
  /** The chance that they know something they haven't met here. */
  knows: number;
  /** The lines of a day, counted from 1 (a Tuesday); what each of them opens is answered to its end. */
  does(day: number): readonly string[];
};

const isWeekend = (day: number) => day % 7 === 5 || day % 7 === 6;

const PEOPLE: readonly Newcomer[] = [
  {
    id: 'nia',
    name: 'Nia',
    about:
      'Joins a team that has its daily question. She answers it on weekdays and looks around a little.',
    knows: 0.55,
    does: (day) => [
      ...(isWeekend(day) ? [] : ['daily']),
      ...({
        1: ['leaderboard'],
        2: ['help', 'quiz count:3'],
        4: ['vram llama-3.1-8b 4090'],
        8: ['review'],
        9: ['quiz attention count:3', 'me'],
        11: ['review', 'leaderboard place'],
        14: ['me progress'],
      }[day] ?? []),
    ],
  },
  {
    id: 'ola',
    name: 'Ola',
    about: 'Is new to language models and follows path A on three days a week.',
    knows: 0.35,
    does: (day) => {
      if (day === 1) return ['path', 'Start A', 'Find what I know', 'path', '1'];
      return [3, 6, 8, 10, 13].includes(day) ? ['path', '1', ...(day > 6 ? ['review'] : [])] : [];
    },
  },
  {
    id: 'pat',
    name: 'Pat',
    about: 'Has an interview in 14 days and 30 minutes a day.',
    knows: 0.6,
    does: (day) => {
      if (day === 1) return ['path date:"in 14 days" minutes:30', 'Find what I know', 'path', '1'];
      if (day === 2 || day === 12) return ['mock 15 style:strict'];
      if (day === 4) return ['latency llama-3.1-8b 4090'];
      return isWeekend(day) ? [] : ['path', '1'];
    },
  },
];

/** What somebody read on each day. */
async function play(person: Newcomer): Promise<string[]> {
  const clock = movableClock(demoStart(ZONE));
  const { store, close } = openSqlite(':memory:');
  const machine = createApp({
    store,
    catalog,
    clock,
    emit: () => {},
    isUnlimited: true,
    newId: countedIds(),
    process: 'docs',
  });
  let last: Reply | undefined;
  const bot: typeof machine.bot = {
    ...machine.bot,
    prepare: async (request) => {
      const step = await machine.bot.prepare(request);
      return step.kind === 'run' ? { ...step, run: async () => (last = await step.run()) } : step;
    },
  };
  const { begin, world, settle } = createDemo({
    bot: machine.bot,
    store,
    clock,
    tick: machine.ticker.tick,
    zone: ZONE,
    locale: 'en-GB',
  });
  const account = `terminal:${person.id}`;
  let lines: string[] = [];
  const terminal = createTerminal({
    bot,
    world: {
      ...world,
      speakers: [{ account, name: person.name, isAdmin: false }, ...world.speakers],
    },
    look: { isColorful: false, zone: ZONE, locale: 'en-GB' },
    write: (line) => lines.push(...line.split('\n')),
  });
  machine.platforms.set('terminal', terminal.platform);
  await begin();

  const type = async (line: string, seconds: number) => {
    clock.moveTo(new Date(clock.now().getTime() + seconds * 1000));
    lines.push('', `> ${line}`);
    await terminal.line(line);
    await settle();
  };
  const labels = () =>
    (last?.blocks ?? []).flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    );
  const met = new Set<string>();
  const tried = new Set<string>();
  const random = randomFrom(person.id);
  /** They know what they knew, and most of what they met here. */
  const knows = (what: string) => {
    const chance = met.has(what) ? 0.85 : person.knows;
    met.add(what);
    return random() < chance;
  };

  /** The question in hand, with what fixes the order of its letters. */
  async function asked(): Promise<{ question: Question; seed: string } | undefined> {
    const known = await store.personOfAccount(account);
    const shown = JSON.stringify(last?.blocks ?? []);
    const isShown = ({ prompt }: Question) => shown.includes(JSON.stringify(prompt).slice(1, -1));
    const [, id] = /post:(\d+)/.exec(shown) ?? [];
    const post = id === undefined ? undefined : await store.post(Number(id));
    if (post?.question) return { question: post.question, seed: `${id} ${known?.id}` };
    for (const kind of ['quiz', 'review'] as const) {
      const practice = known && (await store.openPractice(known.id, kind));
      const card = practice?.state.cards[stepOf(practice.state)];
      if (!practice || card === undefined) continue;
      const target = readCardId(card);
      const seed = `${practice.id} ${stepOf(practice.state)}`;
      const question =
        target.kind === 'drill'
          ? catalog.generators.find(({ id }) => id === target.generator)?.draw(seedToken(seed))
          : catalog.question(target.item);
      if (question && isShown(question)) return { question, seed };
    }
    const question =
      catalog.questions.find(isShown) ??
      catalog.question(/\bgen\d?-[a-z0-9-]+/.exec(JSON.stringify(last))?.[0] ?? '');
    return question && { question, seed: '' };
  }

  let before: Awaited<ReturnType<typeof asked>>;
  async function answer(): Promise<void> {
    // A follow-up is about the question before it.
    const found = (await asked()) ?? before;
    before = found;
    if (!found) throw new Error(`${person.name} is asked something unknown:\n${lines.join('\n')}`);
    const { question, seed } = found;
    if ('keyPoints' in question) {
      const said = question.keyPoints.filter(({ id }) => knows(`${question.id} ${id}`));
      return type(
        said.map(({ text }) => text).join(' ') || 'I am not sure what to say about this.',
        90,
      );
    }
    const isRight = knows(question.id);
    if (question.format === 'numeric')
      return type(String(isRight ? question.answer : question.answer * 2), 120);
    const order = personalOrder(question, seed);
    const letter = (at: number) => shownLetter(order.indexOf(letterOf(at)));
    if (question.format === 'order') {
      const letters = question.steps.map((_, at) => letter(at));
      return type((isRight ? letters : letters.toReversed()).join(''), 60);
    }
    const chosen = question.options.flatMap(({ correct }, at) => (correct ? [letter(at)] : []));
    const wrong = question.options.flatMap(({ correct }, at) => (correct ? [] : [letter(at)]));
    const other = wrong.find((each) => !tried.has(`${seed} ${each}`)) ?? 'A';
    if (!isRight) tried.add(`${seed} ${other}`);
    await type(isRight ? chosen.sort().join(', ') : other, 40);
  }

  /** What a line has opened, to its end. */
  async function goOn(): Promise<void> {
    for (let turn = 0; turn < 60; turn += 1) {
      const has = labels();
      const way = ['Next question', 'See results', 'See report', 'Start', 'Try again'].find(
        (each) => has.includes(each),
      );
      if (has.some((each) => /^(Skip|Show solution)/.test(each)) && !has.includes('Try again'))
        await answer();
      else if (has.includes('Answer')) await answer();
      else if (way) await type(way, 10);
      else return;
    }
  }

  const days: string[] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    lines = [];
    for (const line of person.does(day)) {
      await type(line, 20);
      if (line !== 'path') await goOn();
    }
    const date = formatDay(dayIn(clock.now(), ZONE), 'en-GB');
    if (lines.length > 0)
      days.push(`### Day ${day}: ${date}\n\n\`\`\`\n${lines.join('\n').trim()}\n\`\`\`\n`);
    await world.jump('tomorrow 09:00');
  }
  await machine.settle();
  close();
  return days;
}

const parts: string[] = [];
for (const person of PEOPLE)
  parts.push(`## ${person.name}\n\n${person.about}\n\n${(await play(person)).join('\n')}`);
writeFileSync(
  fileURLToPath(new URL('../docs/first-weeks.md', import.meta.url)),
  `# The first two weeks of three people

Real output of the terminal, written by \`npm run lab first-weeks\`. What people know is simulated; everything else is what they
read, day by day. Lines that begin with \`>\` are typed.

${parts.join('\n')}`,
);
