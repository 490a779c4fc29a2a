import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTerminal } from '../src/adapters/terminal/index.ts';
import { createApp } from '../src/app.ts';
import { readCatalog } from '../src/catalog.ts';
import { readCardId } from '../src/core/practice/card.ts';
import { stepOf } from '../src/core/practice/session.ts';
import { letterOf } from '../src/core/questions/check-answer.ts';
import { seedToken } from '../src/core/questions/generators/drawn.ts';
import type { Question } from '../src/core/questions/schema.ts';
import { randomFrom } from '../src/core/random.ts';
import { movableClock } from '../src/demo/demo.ts';
import { runLine } from '../src/spine/button.ts';
import type { Reply } from '../src/spine/reply.ts';
import type { Practice } from '../src/store/schema.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { type Act, type DiaryPerson, PEOPLE } from './docs/diary-people.ts';

/**
 * Plays sixty days of four people in the terminal:
 *
 *     npm run lab practice-diary                  writes what they read into docs/practice-diary.md, in extracts
 *     npm run lab practice-diary -- --all FOLDER  writes all of it into a folder as well
 */
const DAYS = 60;
const START = Date.UTC(2026, 2, 2, 8);
const DAY_MS = 86_400_000;
const MAX_LINES = 7;
/** Tasks of a path that somebody does in one day. */
const MOST_TASKS = 3;
const { catalog } = readCatalog();

/** What somebody read on each day, one list of lines for each act. */
async function play(person: DiaryPerson): Promise<string[][][]> {
  const clock = movableClock(new Date(START));
  const { store, close } = openSqlite(':memory:');
  let ids = 0;
  let last: Reply | undefined;
  const { bot } = createApp({
    store,
    catalog,
    clock,
    emit: () => {},
    newId: () => `${person.id}-${++ids}`,
    process: person.id,
  });
  let lines: string[] = [];
  const terminal = createTerminal({
    bot: {
      ...bot,
      prepare: async (request) => {
        const step = await bot.prepare(request);
        if (step.kind !== 'run') return step;
        return { ...step, run: async () => (last = await step.run()) };
      },
    },
    world: {
      workspace: 'terminal:docs',
      workspaceName: 'docs',
      channel: 'practice',
      speakers: [{ account: `terminal:${person.id}`, name: person.title, isAdmin: false }],
      zone: 'UTC',
      jump: async () => false,
      now: () => '',
    },
    look: { isColorful: false, zone: 'UTC', locale: 'en-GB' },
    write: (line) => lines.push(...line.split('\n')),
  });
  const type = async (line: string, seconds = 30) => {
    clock.moveTo(new Date(clock.now().getTime() + seconds * 1_000));
    lines.push(`> ${line}`);
    await terminal.line(line);
  };
  const labels = () =>
    (last?.blocks ?? []).flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    );
  const learner = createLearner(person);
  const today = () => Math.floor((clock.now().getTime() - START) / DAY_MS);

  async function answerAll(kind: 'quiz' | 'review'): Promise<void> {
    const known = await store.personOfAccount(`terminal:${person.id}`);
    for (let turn = 0; known && turn < 120; turn += 1) {
      const practice = await store.openPractice(known.id, kind);
      const isAsked = labels().some((label) => label === 'Skip' || label === 'Show solution');
      if (practice && isAsked) {
        await type(answerLine(practice, learner.knows(cardIn(practice), today())));
        if (labels().includes('Show solution')) await type('Show solution', 5);
      }
      const way = ['Next question', 'See results'].find((each) => labels().includes(each));
      if (way) await type(way, 5);
      else if (!isAsked) return;
    }
  }

  /** Calculates, or looks at the solution. */
  async function drill(): Promise<void> {
    const item = /\bgen\d?-[a-z0-9-]+/.exec(JSON.stringify(last))?.[0];
    const question = item === undefined ? undefined : catalog.question(item);
    if (!item || !question) return;
    const value =
      question.format === 'numeric'
        ? `${question.answer} ${question.unit}`
        : letterOf('options' in question ? question.options.findIndex((each) => each.correct) : 0);
    await type(runLine('drill answer', { item, value }), 240);
  }

  async function interview(): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) {
      const way = ['Start', 'Next question', 'See report'].find((each) => labels().includes(each));
      if (labels().includes('Answer')) await type(learner.says(questionIn(last), today()), 120);
      else if (way) await type(way, 5);
      else return;
    }
  }

  async function act({ line, play: what }: Act): Promise<string[]> {
    lines = [];
    if (what === 'today') return doToday();
    await type(line);
    if (what === 'interview') await interview();
    else if (what) await answerAll(what);
    return lines;
  }

  /** Does what the path has for today, once each. */
  async function doToday(): Promise<string[]> {
    await type('path');
    const tasks = labels().filter((label) => /^(Quiz|Calculate)/.test(label));
    for (const task of tasks.slice(0, MOST_TASKS)) {
      await type('path');
      if (!labels().includes(task)) continue;
      await type(task);
      if (task.startsWith('Quiz')) await answerAll('quiz');
      else await drill();
    }
    return lines;
  }

  const days: string[][][] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    clock.moveTo(new Date(START + (day - 1) * DAY_MS));
    const acts: string[][] = [];
    for (const each of person.does(day)) acts.push(await act(each));
    days.push(acts);
  }
  close();
  return days;
}

/** What somebody remembers: what they knew, or what they met here and have not forgotten. */
function createLearner({ id, knows, halfLife }: DiaryPerson) {
  const met = new Map<string, { day: number; times: number }>();
  const random = randomFrom(`diary ${id}`);
  return {
    knows(card: string, day: number): boolean {
      const before = met.get(card);
      const chance = before
        ? Math.max(knows / 2, 0.95 * 0.5 ** ((day - before.day) / (halfLife * 2 ** before.times)))
        : knows;
      met.set(card, { day, times: (before?.times ?? -1) + 1 });
      return random() < chance;
    },
    /** Those key points of a question that they know, in the words of the bank. */
    says(question: Question | undefined, day: number): string {
      if (!question || !('keyPoints' in question)) return 'I am not sure about that.';
      const said = question.keyPoints.filter((point) =>
        this.knows(`${question.id}#${point.id}`, day),
      );
      return said.length === 0 ? 'I am not sure.' : said.map(({ text }) => text).join(' ');
    },
  };
}

const cardIn = ({ state }: Practice) => state.cards[stepOf(state)] ?? '';

/** The line that answers the question in hand, right or wrong. */
function answerLine(practice: Practice, isRight: boolean): string {
  const step = stepOf(practice.state);
  const target = readCardId(cardIn(practice));
  const about = { in: practice.id, step: step + 1 };
  const question =
    target.kind === 'drill'
      ? catalog.generators
          .find(({ id }) => id === target.generator)
          ?.draw(seedToken(`${practice.id} ${step}`))
      : catalog.question(target.item);
  if (!question || !isRight || question.format === 'order')
    return runLine('practice solution', about);
  if ('keyPoints' in question) {
    const points = question.keyPoints.filter(
      ({ id }) => target.kind !== 'point' || id === target.point,
    );
    return runLine('practice words', { ...about, text: points.map(({ text }) => text).join(' ') });
  }
  if (question.format === 'numeric')
    return runLine('practice number', { ...about, value: `${question.answer} ${question.unit}` });
  const right = question.options.flatMap(({ correct }, at) => (correct ? [letterOf(at)] : []));
  return runLine('practice answer', { ...about, choice: right.join(',') });
}

function questionIn(reply: Reply | undefined): Question | undefined {
  const [block] = reply?.blocks ?? [];
  const asked = block?.kind === 'text' && typeof block.text === 'string' ? block.text : '';
  return catalog.questions.find(({ prompt }) => prompt === asked);
}

/** The end of an act, which is what came of it, cut to what a diary shows. */
function extract(lines: readonly string[], first?: string): string {
  const last = Math.max(
    0,
    lines.findLastIndex((line) => line.startsWith('> ')),
  );
  const found = first ? lines.findIndex((line, at) => at > last && line.startsWith(first)) : last;
  const from = found < 0 ? last : found;
  const shown = lines.slice(from, from + MAX_LINES).filter((line) => line !== '');
  return [
    ...(from > last ? [lines[last], '…'] : []),
    ...shown,
    ...(lines.length > from + MAX_LINES ? ['…'] : []),
  ]
    .join('\n')
    .trim();
}

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const parts: string[] = [];
for (const person of PEOPLE) {
  const days = await play(person);
  parts.push(`## ${person.title}\n\n${person.about}\n`);
  for (const { day, act, why, from } of person.shown)
    parts.push(
      `${why} (day ${day}):\n\n\`\`\`\n${extract(days[day - 1]?.[act] ?? [], from)}\n\`\`\`\n`,
    );
  if (values.all) {
    mkdirSync(values.all, { recursive: true });
    const all = days.map(
      (acts, at) => `# Day ${at + 1}\n\n${acts.map((each) => each.join('\n')).join('\n')}`,
    );
    writeFileSync(`${values.all}/${person.id}.txt`, all.join('\n'));
  }
}
writeFileSync(
  fileURLToPath(new URL('../docs/practice-diary.md', import.meta.url)),
  `# Sixty days of four people\n\nReal output of the terminal, written by \`npm run lab practice-diary\`. What people know is simulated; everything else is what they\nread. Lines that begin with \`>\` are typed.\n\n${parts.join('\n')}`,
);
