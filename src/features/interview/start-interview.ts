import { isDeepStrictEqual } from 'node:util';
import { type InterviewLength, planInterview } from '../../core/interview/plan.ts';
import { FIRST_RATING } from '../../core/interview/rating.ts';
import type { Chosen, InterviewPlan } from '../../core/interview/state.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { dueNow } from '../../spine/outbox.ts';
import type { Reply } from '../../spine/reply.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';
import { introCard, runAt } from './cards.ts';
import { examinerHere } from './examiner-setup.ts';
import { cardAt, loadSession } from './interview-session.ts';
import { lastInterviews } from './missed.ts';
import { otherWays } from './mock-args.ts';

/** What somebody asks for when they begin. */
export type InterviewOptions = {
  minutes: InterviewLength;
  chosen: Chosen;
  style: InterviewPlan['style'];
  isPublic: boolean;
};

/** Opens an interview: in a room of its own where there are rooms, else right here. */
export async function startInterview(wishes: InterviewOptions, context: Context): Promise<Reply> {
  const { store, person, platform, place, clock, team } = context;
  const open = await store.openInterviewOf(person.id);
  if (open && (await loadSession(open.id, context)).state.items.length > 0)
    return stillOpen(open.id, context);
  const needsRoom = platform.rooms && (place.kind !== 'direct' || !platform.isDirectAlone);
  const isPrivate = needsRoom ? !wishes.isPublic : place.kind === 'direct';
  const plan = { ...(await planFor(wishes, context)), isPrivate };
  const at = clock.now();
  const isSame = (other: Interview) =>
    at.getTime() - other.createdAt.getTime() < TWICE_MS &&
    other.origin === place.channel &&
    isDeepStrictEqual(choicesOf(other.plan), choicesOf(plan));
  const room = wishes.isPublic
    ? 'its own thread'
    : platform.privateRoom === 'direct'
      ? 'your direct messages with me'
      : 'a private thread that only you can see';
  const opens = `Your interview opens in ${room}.`;
  const interview = await store.openInterview(
    {
      teamId: team.id,
      personId: person.id,
      platform: platform.name,
      origin: place.channel,
      channel: needsRoom ? '' : place.channel,
      thread: needsRoom ? null : (place.thread ?? null),
      plan,
      state: needsRoom ? 'opening' : 'open',
      createdAt: at,
      touchedAt: at,
    },
    (id) => (needsRoom ? [roomRow(id, wishes, plan, context)] : []),
    isSame,
  );
  if (!interview) {
    const before = await store.openInterviewOf(person.id);
    return before && needsRoom && isSame(before)
      ? opening(before.id, opens)
      : stillOpen(before?.id, context);
  }
  context.emit({ kind: 'interview', interview: String(interview.id), step: 'opened' });
  if (!needsRoom) {
    const intro = introCard(
      plan,
      { interview: interview.id, at: 0 },
      { typesAnswers: platform.typesAnswers, examiner: examinerHere(context) },
    );
    return open ? { ...intro, blocks: [{ kind: 'text', text: REPLACED }, ...intro.blocks] } : intro;
  }
  context.wake();
  return opening(interview.id, open ? `${opens} ${REPLACED}` : opens);
}

const opening = (interview: number, words: string): Reply => ({
  visibility: 'private',
  blocks: [
    { kind: 'text', text: words },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Go to interview', run: `mock show interview:${interview}` },
        ...otherWays(),
      ],
    },
  ],
});

/** Who presses twice means one interview, and who asks again later wants another one. */
const TWICE_MS = 20_000;

const choicesOf = ({ minutes, style, chosen, isPrivate }: InterviewPlan) => ({
  minutes,
  style,
  chosen,
  isPrivate,
});

const REPLACED = "This replaces the interview you hadn't started.";

/** The row that opens the room of an interview. */
function roomRow(
  id: number,
  { isPublic }: InterviewOptions,
  plan: InterviewPlan,
  context: Context,
): NewOutboxRow {
  const { person, platform, place, clock, team, seed, account } = context;
  return {
    key: `room:${id}:${seed.slice(0, 8)}`,
    teamId: team.id,
    personId: person.id,
    platform: platform.name,
    what: 'room',
    interviewId: id,
    outgoing: {
      kind: 'room',
      channel: place.channel,
      title: `Mock interview: ${person.name}, ${chaptersIn(plan, context)}`,
      accounts: [account],
      isPrivate: !isPublic,
      key: `room:${id}`,
    },
    ...dueNow(clock.now()),
  };
}

/** What an interview is about, for the name of its room: `chapters 3, 5`. */
function chaptersIn({ questions }: InterviewPlan, { catalog }: Context): string {
  const found = questions.flatMap(({ questionId }) => catalog.question(questionId)?.chapter ?? []);
  const chapters = [...new Set(found)].sort((a, b) => a - b);
  return `${chapters.length === 1 ? 'chapter' : 'chapters'} ${chapters.join(', ')}`;
}

async function stillOpen(id: number | undefined, context: Context): Promise<Reply> {
  const at = cardAt(await loadSession(id, context));
  return {
    visibility: 'private',
    blocks: [
      { kind: 'text', text: 'You already have an open interview. Continue it, or end it first.' },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Continue', run: `mock show interview:${at.interview}`, style: 'primary' },
          { label: 'End interview', run: runAt('end', at) },
        ],
      },
    ],
  };
}

async function planFor(
  { minutes, style, chosen }: InterviewOptions,
  context: Context,
): Promise<InterviewPlan> {
  const { store, catalog, person, seed } = context;
  const ratings = await store.itemRatingsOf(catalog.freeText.map(({ id }) => id));
  const strength = (await store.personRating(person.id))?.value ?? FIRST_RATING.person;
  const { areTwins } = catalog;
  const open = await openFor(context);
  const questions = planInterview({
    bank: catalog.freeText.filter(({ id }) => !open.some((other) => areTwins(id, other))),
    areTwins,
    minutes,
    chapters: chosen.chapters ?? [],
    recent: await store.recentlyAsked(person.id),
    ...(await lastInterviews(context)),
    strength,
    itemStrength: (question) =>
      ratings.get(question.id)?.value ?? FIRST_RATING[question.difficulty],
    seed,
    ...(chosen.level ? { level: chosen.level } : {}),
  });
  if (questions.length === 0)
    throw new UserError(
      'No interview questions match these chapters. Add more chapters, or leave the option out to use all of them.',
    );
  return { questions, minutes, style, chosen };
}
