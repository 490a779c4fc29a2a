import type { Catalog } from '../core/catalog.ts';
import { type InterviewLength, planInterview } from '../core/interview/plan.ts';
import { probeFor, questionAsked } from '../core/interview/probe.ts';
import { afterResult, FIRST_RATING, type Rating } from '../core/interview/rating.ts';
import { buildReport, itemReport, type Report } from '../core/interview/report.ts';
import {
  currentExchange,
  currentItem,
  type InterviewPlan,
  next,
  nextPlanned,
  replay,
  type State,
  type Turn,
} from '../core/interview/session.ts';
import type { Difficulty, SpokenQuestion } from '../core/questions/schema.ts';
import type { Interview } from '../store/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import {
  answeredCard,
  askCard,
  type CardAt,
  introCard,
  pausedCard,
  timeOverCard,
} from './interview-cards.ts';
import { feedbackCard } from './interview-feedback.ts';
import { reportReply } from './interview-report.ts';
import { openFor } from './open-question.ts';
import type { Reply } from './reply.ts';

/** An interview with its turns folded, and the bank of the team that it began in. */
export type Sitting = { interview: Interview; state: State; count: number; catalog: Catalog };

/** What somebody asks for when they begin. */
export type Wishes = {
  minutes: InterviewLength;
  chapters: number[];
  level?: Difficulty;
  style: InterviewPlan['style'];
  isPublic: boolean;
};

/** Opens an interview: in a room of its own where there are rooms, else right here. */
export async function begin(wishes: Wishes, context: Context): Promise<Reply> {
  const { store, person, platform, place, clock, team, seed } = context;
  const open = await store.openInterviewOf(person.id);
  if (open) return stillOpen(open);
  const plan = await planFor(wishes, context);
  const needsRoom = platform.rooms && place.kind !== 'direct';
  const at = clock.now();
  const interview = await store.openInterview(
    {
      teamId: team.id,
      personId: person.id,
      platform: platform.name,
      origin: place.channel,
      channel: place.channel,
      thread: place.thread ?? null,
      plan,
      state: needsRoom ? 'opening' : 'open',
      createdAt: at,
      touchedAt: at,
    },
    (id) =>
      needsRoom
        ? [
            {
              key: `room:${id}:${seed.slice(0, 8)}`,
              teamId: team.id,
              personId: person.id,
              platform: platform.name,
              what: 'room',
              interviewId: id,
              outgoing: {
                kind: 'room',
                channel: place.channel,
                title: `Mock interview of ${person.name}`,
                accounts: [context.account],
                isPrivate: !wishes.isPublic,
                key: `room:${id}`,
              },
              state: 'due',
              dueAt: at,
              at,
            },
          ]
        : [],
  );
  if (!interview) return stillOpen((await store.openInterviewOf(person.id)) ?? undefined);
  context.emit({ kind: 'interview', interview: String(interview.id), step: 'opened' });
  if (!needsRoom) return introCard(plan, { interview: interview.id, at: 0 }, isTyped(interview));
  context.wake();
  return {
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text:
          platform.name === 'slack' && !wishes.isPublic
            ? 'Your interview opens in your direct messages with me.'
            : `Your interview opens in a ${wishes.isPublic ? 'thread of its own' : 'private thread that only you see'}.`,
      },
    ],
  };
}

function stillOpen(open: Interview | undefined): Reply {
  const id = open?.id ?? 0;
  return {
    visibility: 'private',
    blocks: [
      { kind: 'text', text: 'You have an interview open. Go on with it, or end it first.' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Go on', run: `mock show interview:${id}`, style: 'primary' },
          { label: 'End it', run: `mock end interview:${id}` },
        ],
      },
    ],
  };
}

async function planFor(wishes: Wishes, context: Context): Promise<InterviewPlan> {
  const { store, catalog, person, seed } = context;
  const ratings = await store.itemRatingsOf(catalog.spoken.map(({ id }) => id));
  const strength = (await store.personRating(person.id))?.value ?? FIRST_RATING.person;
  const questions = planInterview({
    bank: catalog.spoken,
    minutes: wishes.minutes,
    chapters: wishes.chapters,
    recent: [...(await store.recentlyAsked(person.id)), ...(await openFor(context))],
    strength,
    itemStrength: (question) =>
      ratings.get(question.id)?.value ?? FIRST_RATING[question.difficulty],
    seed,
    ...(wishes.level ? { level: wishes.level } : {}),
  });
  if (questions.length === 0)
    throw new UserError(
      'The bank has no interview question for these chapters. Choose more of them, or none for all.',
    );
  return { questions, minutes: wishes.minutes, style: wishes.style };
}

/**
 * The interview behind a button, for the person whose it is.
 *
 * @throws UserError for anybody else, and when it is gone.
 */
export async function findSitting(id: number | undefined, context: Context): Promise<Sitting> {
  const { store, person } = context;
  const interview =
    id === undefined ? await store.openInterviewOf(person.id) : await store.interview(id);
  if (!interview)
    throw new UserError(
      id === undefined
        ? 'You have no interview open. Type mock to begin one.'
        : 'This interview is gone: it was deleted. Type mock to begin another.',
    );
  if (interview.personId !== person.id)
    throw new UserError('This interview is not yours. Type mock to begin your own.');
  const turns = await store.turnsOf(interview.id);
  const catalog = await context.catalogOf(interview.teamId);
  return { interview, state: replay(interview.plan, turns), count: turns.length, catalog };
}

/** A question of the plan; one that left the bank cannot be asked any more. */
function questionOf(
  id: string | undefined,
  { catalog }: Pick<Sitting, 'catalog'>,
): SpokenQuestion | undefined {
  const found = id === undefined ? undefined : catalog.question(id);
  return found && 'keyPoints' in found ? found : undefined;
}

const at = ({ interview, count }: Sitting): CardAt => ({ interview: interview.id, at: count });

/** Adds turns to what was seen; when somebody was faster, nothing is added and the present is shown. */
async function add(sitting: Sitting, list: Turn[], context: Context): Promise<Sitting | undefined> {
  const now = context.clock.now();
  const added = await context.store.addTurns({
    interviewId: sitting.interview.id,
    after: sitting.count,
    list,
    at: now,
  });
  if (!added) return undefined;
  for (const turn of list)
    context.emit({ kind: 'interview', interview: String(sitting.interview.id), step: turn.kind });
  return {
    ...sitting,
    state: list.reduce((state, turn) => next(state, turn, now), sitting.state),
    count: sitting.count + list.length,
  };
}

const isTyped = ({ platform }: Pick<Sitting['interview'], 'platform'>) => platform === 'terminal';

/** What this interview shows at the moment. */
export function present(sitting: Sitting): Reply {
  const { state, interview } = sitting;
  if (state.phase === 'ended' || interview.state === 'ended') return ended(interview.id);
  if (state.isPaused) return pausedCard(at(sitting));
  if (state.items.length === 0) return introCard(interview.plan, at(sitting), isTyped(interview));
  if (state.phase === 'answered') return answeredCard(state, at(sitting));
  const item = currentItem(state);
  const question = questionOf(item?.questionId, sitting);
  if (!item || !question || state.phase === 'ready') return betweenQuestions(sitting);
  return askCard(state, question, at(sitting));
}

function ended(interview: number): Reply {
  return {
    blocks: [
      { kind: 'text', text: 'This interview is over. Its report can be read again at any time.' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Report', run: `mock report interview:${interview}`, style: 'primary' },
          { label: 'Another one', run: 'mock solo' },
        ],
      },
    ],
  };
}

/** After a question: the feedback when coaching, else the way on. */
function betweenQuestions(sitting: Sitting): Reply {
  const { state, interview } = sitting;
  const item = currentItem(state);
  const question = questionOf(item?.questionId, sitting);
  const isLast = nextPlanned(state) === undefined;
  if (interview.plan.style === 'coaching' && item && question) {
    const report = itemReport(item, question);
    const unsure = new Set(
      item.exchanges.flatMap(
        ({ grade }) => grade?.points.filter((point) => point.unsure).map(({ id }) => id) ?? [],
      ),
    );
    const open = report.points.filter(
      ({ id, verdict }) => verdict !== 'covered' && (unsure.has(id) || verdict === 'partly'),
    );
    return feedbackCard(report, state.items.length - 1, at(sitting), { isLast, unsure: open });
  }
  return {
    blocks: [
      {
        kind: 'text',
        text: isLast
          ? 'Thank you, that was the last question.'
          : 'Thank you. Ready for the next one?',
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: isLast ? 'See the report' : 'Next question',
            run: `mock go interview:${interview.id} at:${sitting.count}`,
            style: 'primary',
          },
          { label: 'Pause', run: `mock pause interview:${interview.id} at:${sitting.count}` },
        ],
      },
    ],
  };
}

/** One step on: asks, grades and probes, or ends; a second press of the same button only shows. */
export async function goOn(
  id: number | undefined,
  seen: number | undefined,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  const { state } = sitting;
  if (seen !== undefined && seen !== sitting.count) return present(sitting);
  if (state.phase === 'ended' || state.isPaused || state.phase === 'asking')
    return present(sitting);
  if (state.phase === 'answered') return gradeAnswerGiven(sitting, context);
  if (!nextPlanned(state)) return finish(sitting, 'finished', context);
  if (state.isTimed && state.endsAt && state.endsAt <= context.clock.now())
    return timeOverCard(at(sitting));
  const asked = await add(sitting, [{ kind: 'asked' }], context);
  return present(asked ?? (await findSitting(sitting.interview.id, context)));
}

async function gradeAnswerGiven(sitting: Sitting, context: Context): Promise<Reply> {
  const item = currentItem(sitting.state);
  const question = questionOf(item?.questionId, sitting);
  const exchange = currentExchange(sitting.state);
  if (!item || !question || !exchange) {
    const skipped = await add(sitting, [{ kind: 'taken-back' }, { kind: 'skipped' }], context);
    return present(skipped ?? sitting);
  }
  const asked = questionAsked(question, exchange);
  const { grade, by } = await context.grade(asked, exchange.answer ?? '');
  const probe = probeFor(question, item, grade);
  const graded = await add(
    sitting,
    [{ kind: 'graded', grade, by, ...(probe ? { probe } : {}) }],
    context,
  );
  return present(graded ?? (await findSitting(sitting.interview.id, context)));
}

/** Takes an answer, typed, sent by form or chosen from a message. */
export async function giveAnswer(
  id: number | undefined,
  text: string,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  const { state } = sitting;
  if (state.phase === 'ended') return ended(sitting.interview.id);
  if (state.isPaused || state.phase !== 'asking') {
    const reply = present(sitting);
    const words =
      state.phase === 'answered'
        ? 'You have answered already: take that answer back first, or go on.'
        : state.items.length === 0
          ? 'The interview has not begun yet: press Begin, and the first question comes.'
          : 'No question is waiting for an answer at the moment.';
    return { ...reply, blocks: [{ kind: 'text', text: words }, ...reply.blocks] };
  }
  const clean = text.normalize('NFC').trim();
  if (clean === '')
    throw new UserError(
      'Your answer is empty. Write a sentence or two; "I don\'t know" is an answer too.',
    );
  const answered = await add(sitting, [{ kind: 'answered', text: clean.slice(0, 4000) }], context);
  return present(answered ?? (await findSitting(sitting.interview.id, context)));
}

/** A turn that needs nothing but itself: take back, skip, hint, pause, resume, more time. */
export async function takeTurn(
  id: number | undefined,
  seen: number | undefined,
  turn: Turn,
  context: Context,
): Promise<Reply> {
  const sitting = await findSitting(id, context);
  if (seen !== undefined && seen !== sitting.count) return present(sitting);
  const changed = next(sitting.state, turn, context.clock.now());
  if (changed === sitting.state) return present(sitting);
  const added =
    (await add(sitting, [turn], context)) ?? (await findSitting(sitting.interview.id, context));
  if ((turn.kind === 'extended' || turn.kind === 'untimed') && added.state.phase === 'ready')
    return goOn(added.interview.id, added.count, context);
  return present(added);
}

/** Ends it and shows the report. */
export async function finish(
  sitting: Sitting,
  why: 'finished' | 'ended' | 'idle',
  context: Context,
): Promise<Reply> {
  const { interview } = sitting;
  if (sitting.state.phase !== 'ended') {
    const added = await add(sitting, [{ kind: 'ended', why }], context);
    if (!added) return finish(await findSitting(interview.id, context), why, context);
  }
  const { report } = await reportOf(interview, context);
  const isFirst = await context.store.endInterview(interview.id, {
    // Nothing was asked, so there is nothing to score.
    score: report.items.length > 0 ? Math.round(report.score * 1000) : null,
    at: context.clock.now(),
  });
  if (isFirst) await rate(report, context);
  if (report.items.length === 0) {
    return {
      blocks: [
        {
          kind: 'text',
          text: 'Ended before the first question, so there is nothing to report. Come back whenever you like.',
        },
        { kind: 'buttons', buttons: [{ label: 'Another one', run: 'mock solo' }] },
      ],
    };
  }
  return showReport(interview.id, context);
}

/** The results move the silent ratings, once. */
async function rate(report: Report, { store, person }: Context): Promise<void> {
  const answered = report.items.filter(({ isSkipped }) => !isSkipped);
  if (answered.length === 0) return;
  const known = await store.itemRatingsOf(answered.map(({ question }) => question.id));
  let mine: Rating = (await store.personRating(person.id)) ?? {
    value: FIRST_RATING.person,
    results: 0,
  };
  const items = new Map<string, Rating>();
  for (const { question, score } of answered) {
    const item = known.get(question.id) ?? { value: FIRST_RATING[question.difficulty], results: 0 };
    const after = afterResult({ person: mine, item, share: score });
    mine = after.person;
    items.set(question.id, after.item);
  }
  await store.saveRatings({ personId: person.id, person: mine, items });
}

async function reportOf(
  interview: Interview,
  context: Context,
): Promise<{ report: Report; state: State }> {
  const turns = await context.store.turnsOf(interview.id);
  const state = replay(interview.plan, turns);
  const endedAt = interview.endedAt ?? turns.at(-1)?.at ?? context.clock.now();
  const catalog = await context.catalogOf(interview.teamId);
  return { report: buildReport(state, (id) => questionOf(id, { catalog }), endedAt), state };
}

/** The report of one's own interview, now or years later. */
export async function showReport(id: number | undefined, context: Context): Promise<Reply> {
  const { store, person, catalog } = context;
  const interview =
    id === undefined ? (await store.interviewsOf(person.id, 1))[0] : await store.interview(id);
  if (!interview || interview.personId !== person.id)
    throw new UserError(
      'I find no interview of yours with this number. Type mock history to see them.',
    );
  const { report } = await reportOf(interview, context);
  const earlier = (await store.interviewsOf(person.id, 20))
    .filter((each) => each.id < interview.id && each.score !== null)
    .map(({ score }) => (score ?? 0) / 1000);
  return reportReply(report, {
    interview: interview.id,
    chapterTitle: (chapter) => catalog.chapter(chapter)?.title ?? `Chapter ${chapter}`,
    next: await nextQuestions(report, context),
    earlier,
  });
}

/** Three questions that would help most: from the weakest chapters, none that were just asked. */
async function nextQuestions(
  report: Report,
  { store, catalog, person }: Context,
): Promise<SpokenQuestion[]> {
  const recent = new Set(await store.recentlyAsked(person.id));
  const weakest = [...report.chapters]
    .sort((a, b) => a.score - b.score)
    .map(({ chapter }) => chapter);
  const candidates = catalog.spoken.filter(({ id }) => !recent.has(id));
  return weakest
    .flatMap((chapter) => candidates.filter((question) => question.chapter === chapter).slice(0, 2))
    .slice(0, 3);
}
