import { type CardTarget, readCardId } from '../../core/practice/card.ts';
import { type Mastery, type Moment, masteryAt } from '../../core/practice/mastery.ts';
import { LAST_OWN_CHAPTER } from '../../core/questions/schema.ts';
import { addDays, dayIn } from '../../core/time.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import { percent } from '../interview/cards.ts';
import { interviewBlocks } from './interview-curve.ts';
import { count } from './path-plan.ts';
import type { FirstAndLatest } from './queries/progress.ts';

/** Weeks that the heat map looks back. */
const WEEKS = 5;

/** What somebody would remember of each chapter, how that has changed, and their first and latest answers. */
export async function progressCard(context: Context): Promise<Reply> {
  const { store, person, clock, zone } = context;
  const now = clock.now();
  const today = dayIn(now, zone);
  const moments = Array.from({ length: WEEKS + 1 }, (_, at): Moment => {
    const days = (WEEKS - at) * 7;
    return { at: new Date(now.getTime() - days * DAY_MS), day: addDays(today, -days) };
  });
  const cards = (await store.answeredCards(person.id)).filter(({ wasRight }) => wasRight);
  const since = moments[0]?.at ?? now;
  const weeks = masteryAt(moments, cards, await store.answersSince(person.id, since));
  const mastery = weeks.at(-1) ?? [];
  const interviews = await interviewBlocks(context);
  if (mastery.length === 0 && interviews.length === 0) return nothingYet();
  return {
    title: 'Your progress',
    blocks: [
      ...(await masteryBlocks(weeks, moments, context)),
      ...againBlocks(await store.answeredAgain(person.id), context),
      ...interviews,
      {
        kind: 'buttons',
        buttons: buttonsFor(mastery, await store.dueCount(person.id, today)),
      },
      {
        kind: 'note',
        text: 'Recall is estimated from when and how you answered (FSRS-6). Chapters without a correct answer are left out.',
      },
    ],
  };
}

const DAY_MS = 86_400_000;

function nothingYet(): Reply {
  return {
    title: 'Your progress',
    blocks: [
      {
        kind: 'text',
        text: 'Nothing to show yet. Your progress starts with your first correct answer.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Start quiz', run: 'quiz', style: 'primary', opens: true },
          { label: 'Choose a path', run: 'path' },
        ],
      },
    ],
  };
}

/** What is remembered today of each chapter, as a map once there is more than one week to show. */
async function masteryBlocks(
  weeks: readonly Mastery[][],
  moments: readonly Moment[],
  context: Context,
): Promise<Block[]> {
  const mastery = weeks.at(-1) ?? [];
  if (mastery.length === 0) return [];
  const cards = mastery.reduce((sum, each) => sum + each.cards, 0);
  const recall = mastery.reduce((sum, each) => sum + each.recall * each.cards, 0) / cards;
  const what = cards === 1 ? 'the 1 question' : `the ${cards} questions`;
  return [
    {
      kind: 'text',
      text: `Today, you would remember about ${percent(recall)} of ${what} you answered correctly.`,
    },
    weeks.filter((week) => week.length > 0).length < 2
      ? recallBars(mastery, context)
      : await recallMap(weeks, moments, context),
  ];
}

function recallBars(mastery: readonly Mastery[], { catalog }: Context): Block {
  const bars = mastery.map(({ chapter, recall }) => ({
    label: catalog.chapterTitle(chapter),
    segments: [{ label: 'Recall', value: Math.round(recall * 100) }],
  }));
  return {
    kind: 'chart',
    chart: { shape: 'bars', title: 'Recall today, by chapter', unit: '%', bars },
    alt: `Recall today, by chapter: ${bars.map(({ label, segments }) => `${label} ${segments[0]?.value ?? 0}%`).join(', ')}`,
  };
}

async function recallMap(
  weeks: readonly Mastery[][],
  moments: readonly Moment[],
  context: Context,
): Promise<Block> {
  const rows = (weeks.at(-1) ?? []).map(({ chapter }) => ({
    label: context.catalog.chapterTitle(chapter),
    values: weeks.map((week) => {
      const recall = week.find((each) => each.chapter === chapter)?.recall;
      return recall === undefined ? undefined : Math.round(recall * 100);
    }),
  }));
  return {
    kind: 'chart',
    chart: {
      shape: 'heat',
      title: 'Recall by chapter, weeks ago',
      unit: '%',
      rowLabel: 'Chapter',
      columns: weeks.map((_, at) =>
        at === weeks.length - 1 ? 'now' : `${weeks.length - 1 - at}w`,
      ),
      rows,
      foot: { label: 'Streak days', values: await streakDays(moments, context) },
    },
    alt: `Recall by chapter over ${WEEKS} weeks: ${rows.map(({ label, values }) => `${label} ${fromTo(values)}`).join(', ')}`,
  };
}

/** Days on which a daily question was answered, of the week up to each of the moments. */
async function streakDays(moments: readonly Moment[], { store, team, person }: Context) {
  const days = moments.map(({ day }) => day);
  const [first = '', last = first] = [days[0], days.at(-1)];
  const range = { from: addDays(first, -6), until: last, joinedAt: person.createdAt };
  const answered = (await store.ownDays(team.id, person.id, range))
    .filter(({ tries, isFreeText }) => tries.length > 0 || isFreeText)
    .map(({ day }) => day);
  return days.map((until) => {
    const count = new Set(answered.filter((day) => day <= until && day > addDays(until, -7))).size;
    return count === 0 ? undefined : count;
  });
}

function fromTo(values: readonly (number | undefined)[]): string {
  const [first, ...later] = values.filter((value) => value !== undefined);
  const last = later.at(-1);
  return last === undefined ? `${first ?? 0}%` : `from ${first ?? 0}% to ${last}%`;
}

/** Rows that fit beside the pictures. */
const MAX_ROWS = 6;

function againBlocks(again: readonly FirstAndLatest[], context: Context): Block[] {
  if (again.length === 0) return [];
  const mean = (of: 'first' | 'latest') =>
    percent(again.reduce((sum, each) => sum + each[of], 0) / again.length);
  return [
    {
      kind: 'text',
      text: `You answered ${count(again.length, 'question')} more than once: ${mean('first')} correct at first, ${mean('latest')} now.`,
    },
    {
      kind: 'table',
      caption: 'First and latest answers',
      columns: [
        { label: 'About' },
        { label: 'First', align: 'right' },
        { label: 'Latest', align: 'right' },
      ],
      rows: again
        .slice(0, MAX_ROWS)
        .map(({ card, first, latest }) => [
          cut(nameOf(readCardId(card), context), 30),
          percent(first),
          percent(latest),
        ]),
    },
  ];
}

/** What a card is about, in a few words: the key point, the kind of calculation, or the concept. */
function nameOf(target: CardTarget, { catalog }: Context): string {
  if (target.kind === 'drill') return target.generator.replaceAll('-', ' ');
  const question = catalog.question(target.item);
  if (!question) return target.item;
  if (target.kind === 'point' && 'keyPoints' in question) {
    const point = question.keyPoints.find(({ id }) => id === target.point);
    if (point) return point.text;
  }
  const [topic] = question.topics;
  return catalog.concepts.find(({ id }) => id === topic)?.title ?? question.prompt;
}

function buttonsFor(mastery: readonly Mastery[], due: number): Button[] {
  const [weakest] = mastery
    .filter(({ chapter }) => chapter <= LAST_OWN_CHAPTER)
    .sort((one, other) => one.recall - other.recall || one.chapter - other.chapter);
  return [
    ...(due > 0
      ? [{ label: 'Review', run: 'review', style: 'primary' as const, opens: true as const }]
      : []),
    ...(weakest
      ? [
          {
            label: 'Quiz weakest chapter',
            run: runLine('quiz', { chapter: weakest.chapter, count: 5 }),
            opens: true as const,
          },
        ]
      : []),
    { label: 'Show path', run: 'path' },
    { label: 'Start interview', run: 'mock mode:solo' },
  ];
}
