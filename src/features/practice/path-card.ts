import type { PathTask, PlanPart } from '../../core/practice/plan.ts';
import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { dayIn, daysBetween, formatDay } from '../../core/time.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Button, Inline, Reply } from '../../spine/reply.ts';
import { percent } from '../interview/cards.ts';
import { count, type PlanFor, partWords, whatDoesNotFit } from './path-plan.ts';
import { type ChapterAt, isPlacing, type PathAt, type StepAt } from './path-progress.ts';

/** The three paths, for somebody who follows none. */
export function pathsCard({ catalog }: Context): Reply {
  return {
    title: 'Choose a path',
    blocks: [
      ...catalog.paths.map(
        (path): Block => ({
          kind: 'text',
          text: [
            { bold: `${path.id.toUpperCase()}. ${path.title}` },
            `\n${path.for} ${rangeOf(
              path.steps.flatMap(({ chapters }) => chapters),
              catalog,
            )}`,
          ],
        }),
      ),
      {
        kind: 'buttons',
        buttons: [
          ...catalog.paths.map(
            ({ id }): Button => ({ label: `Start ${id.toUpperCase()}`, run: `path start:${id}` }),
          ),
          { label: 'Set interview date', run: 'path action:date' },
        ],
      },
    ],
  };
}

/** How much of the bank a path covers: `6 chapters, from LLM fundamentals to Production.` */
const rangeOf = (chapters: readonly number[], { chapterTitle }: Context['catalog']) =>
  `${count(chapters.length, 'chapter')}, from ${chapterTitle(chapters[0] ?? 1)} to ${chapterTitle(chapters.at(-1) ?? 1)}.`;

/** Where somebody is on their path, and what to do today. */
export function pathCard(at: PathAt, planned: PlanFor, context: Context): Reply {
  const { path, steps, next } = at;
  const fit = fitBlocks(planned, context);
  const hasRecall = steps.some(({ chapters }) => chapters.some(({ mastery }) => mastery));
  return {
    title: `Path ${path.id.toUpperCase()}: ${path.title}`,
    blocks: [
      { kind: 'text', text: dateWords(at, context) },
      ...fit,
      ...todayBlocks(planned, context),
      {
        kind: 'table',
        caption: 'Your steps',
        columns: [
          { label: 'Chapters' },
          { label: 'Status' },
          ...(hasRecall ? [{ label: 'Recall', align: 'right' as const }] : []),
        ],
        rows: steps.map((step) => [
          step.chapters.map(({ chapter }) => context.catalog.chapterTitle(chapter)).join(', '),
          stateOf(step, next),
          ...(hasRecall ? [recallOf(step)] : []),
        ]),
      },
      nextBlock(next, context),
      {
        kind: 'buttons',
        buttons: buttonsFor(
          at,
          planned,
          context,
          fit.some(({ kind }) => kind === 'buttons'),
        ).shown,
      },
      ...(hasRecall
        ? [
            {
              kind: 'note' as const,
              text: 'Recall is how much of what you answered you would remember today.',
            },
          ]
        : []),
    ],
  };
}

/** A plan for each day up to the date. */
export function planCard(at: PathAt, planned: PlanFor, context: Context): Reply {
  const { days } = planned.plan;
  const fit = fitBlocks(planned, context);
  const { more } = buttonsFor(
    at,
    planned,
    context,
    fit.some(({ kind }) => kind === 'buttons'),
  );
  const shown = days.slice(0, MAX_DAYS);
  const later = days.slice(MAX_DAYS).filter(({ parts }) => parts.length > 0).length;
  return {
    title: 'Your plan',
    blocks: [
      { kind: 'text', text: dateWords(at, context) },
      ...fit.filter(({ kind }) => kind !== 'buttons'),
      ...shown.map(
        ({ day, parts, minutes }): Block => ({
          kind: 'text',
          text: [
            { bold: formatDay(day, context.locale) },
            parts.length === 0
              ? ': nothing planned'
              : `, ${minutes} min: ${parts.map((part) => partWords(part, context.catalog)).join(', ')}`,
          ],
        }),
      ),
      ...(later > 0
        ? [{ kind: 'text' as const, text: `${count(later, 'more day')} until your interview.` }]
        : []),
      {
        kind: 'buttons',
        buttons: [
          ...more.slice(0, MOST_BUTTONS - 2),
          { label: 'Show path', run: 'path' },
          dateButton(at),
        ],
      },
      {
        kind: 'note',
        text: 'The plan starts from what is left today, with 2 minutes per question, 1 per review, and 5 per calculation or interview question. Reading is extra. Reviews are an estimate: what you get wrong comes back sooner.',
      },
    ],
  };
}

/** Days of a plan that fit one message. */
const MAX_DAYS = 10;

function dateWords({ row }: PathAt, { clock, zone, locale }: Context): string {
  const { date, minutes } = row;
  if (date === null) return `No interview date yet. ${minutes} minutes a day.`;
  const days = daysBetween(dayIn(clock.now(), zone), date);
  if (days < 0) return `Your interview date, ${formatDay(date, locale)}, has passed.`;
  if (days === 0) return 'Your interview is today. Nothing is planned.';
  return `Interview on ${formatDay(date, locale)}, in ${count(days, 'day')}. ${minutes} minutes a day.`;
}

function fitBlocks(planned: PlanFor, context: Context): Block[] {
  // Without a date to come, the plan is of today alone and leaves out most of the path.
  if (!planned.hasDate) return [];
  const left = whatDoesNotFit(planned, context);
  if (!left) return [{ kind: 'text', text: 'Everything fits before then.' }];
  const more = left.minutes;
  return [
    { kind: 'text', text: left.words },
    ...(more === undefined
      ? []
      : [
          {
            kind: 'buttons' as const,
            buttons: [{ label: `Use ${more} minutes`, run: runLine('path', { minutes: more }) }],
          },
        ]),
  ];
}

function stateOf(step: StepAt, next: StepAt | undefined): string {
  const { chapters, tasks } = step;
  if (tasks.length === 0) return chapters.every(({ isKnown }) => isKnown) ? 'Known' : 'Done';
  if (step === next) return `Next, ${tasks.length} left`;
  return chapters.some(isBegun) ? 'Started' : 'Later';
}

const isBegun = ({ answered, calculated, inWords }: ChapterAt) =>
  answered + calculated + inWords > 0;

function recallOf({ chapters }: StepAt): string {
  const shares = chapters.map(({ mastery }) => (mastery ? percent(mastery.recall) : 'new'));
  return shares.every((share) => share === 'new') ? 'new' : shares.join(', ');
}

/** What the next step is for, and what to read for it. */
function nextBlock(next: StepAt | undefined, { catalog }: Context): Block {
  if (!next)
    return {
      kind: 'text',
      text: 'You finished every step. Keep it fresh with reviews and interviews.',
    };
  const readings = next.chapters.flatMap(({ chapter, tasks }): Inline[] => {
    const { reading } = catalog.chapter(chapter) ?? {};
    return tasks.length > 0 && reading
      ? [
          '\n• Read: ',
          { link: `${reading.title} (${reading.year})`, to: reading.url },
          reading.where ? `, ${reading.where}` : '',
        ]
      : [];
  });
  return { kind: 'text', text: [{ bold: 'Next: ' }, next.goal, ...readings] };
}

/** Nothing on the day of the interview, for which there is no plan. */
function todayBlocks({ plan, request }: PlanFor, { catalog }: Context): Block[] {
  const [today] = plan.days;
  if (!today) return [];
  const isDone = request.spent.minutes > 0;
  return [
    {
      kind: 'text',
      text:
        today.parts.length > 0
          ? [
              { bold: `Today, ${today.minutes} minutes` },
              ...today.parts.map((part) => `\n• ${partWords(part, catalog)}`),
            ]
          : isDone
            ? "You're done for today."
            : 'Nothing is planned for today.',
    },
  ];
}

/** Controls that a card has room for. */
const MOST_BUTTONS = 5;

/** What to do next, as much of it as fits the path's card; the plan has the rest. */
function buttonsFor(
  at: PathAt,
  { plan, hasDate }: PlanFor,
  { catalog }: Context,
  hasFit: boolean,
): { shown: Button[]; more: Button[] } {
  const { next, placement } = at;
  const parts = plan.days[0]?.parts ?? [];
  const isOpen = isPlacing(placement);
  const [first, ...others]: Button[] = [
    ...(parts.some(({ kind }) => kind === 'review') ? [opening('Review', 'review')] : []),
    ...taskButtons(next?.tasks ?? [], parts, catalog),
    ...(parts.some(({ kind }) => kind === 'rehearsal')
      ? [{ label: 'Start interview', run: 'mock mode:solo minutes:15' }]
      : []),
  ];
  const placing =
    isOpen || placement === undefined
      ? [opening(isOpen ? 'Continue placement' : 'Find what I know', 'path action:placement')]
      : [];
  // Who has begun no longer needs the placement first.
  const isNew = isOpen || !at.steps.some(({ chapters }) => chapters.some(isBegun));
  const start = first ? [first] : [];
  const all = isNew ? [...start, ...placing, ...others] : [...start, ...others, ...placing];
  const fits = MOST_BUTTONS - (hasFit ? 1 : 0) - 1;
  // A date that has passed, or is today, has no plan.
  const isWhole = !hasDate && (at.row.date !== null || all.length <= fits);
  const room = isWhole ? fits : fits - 1;
  const shown = [
    ...all.slice(0, room),
    ...(isWhole ? [] : [{ label: 'Show plan', run: 'path action:plan' }]),
    dateButton(at),
  ];
  return {
    shown: shown.map((button, index) => (index === 0 ? { ...button, style: 'primary' } : button)),
    more: all.slice(room),
  };
}

const dateButton = ({ row }: PathAt): Button => ({
  label: row.date === null ? 'Set interview date' : 'Change date',
  run: 'path action:date',
});

/** A button that shows a question. */
const opening = (label: string, run: string): Button => ({ label, run, opens: true });

/** One button for each kind of task and chapter, of the next step and of what is planned today beyond it. */
function taskButtons(
  next: readonly PathTask[],
  today: readonly PlanPart[],
  { chapterTitle }: Context['catalog'],
): Button[] {
  const planned = today.flatMap((part) => ('chapter' in part ? [part] : []));
  const chapters = [...new Set([...next, ...planned].map(({ chapter }) => chapter))];
  return chapters.flatMap((chapter): Button[] => {
    /** As many as today has, or else all that are left. */
    const wants = (kind: PathTask['kind']) => {
      const isOne = (task: PathTask) => task.chapter === chapter && task.kind === kind;
      return planned.find(isOne)?.count ?? next.filter(isOne).length;
    };
    const name = cut(chapterTitle(chapter), 24);
    const quiz = runLine('quiz', { chapter, count: wants('question') });
    const interview = {
      mode: 'solo',
      minutes: 15,
      ...(chapter === REVIEW_BANK ? {} : { chapters: chapter }),
    };
    return [
      ...(wants('question') > 0 ? [opening(`Quiz ${name}`, quiz)] : []),
      ...(wants('calculation') > 0
        ? [opening(`Calculate: ${name}`, runLine('quiz', { mode: 'drill', chapter }))]
        : []),
      ...(wants('interview') > 0
        ? [{ label: 'Start interview', run: runLine('mock', interview) }]
        : []),
    ];
  });
}
