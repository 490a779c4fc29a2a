import type { Catalog } from '../../core/catalog.ts';
import { isScored } from '../../core/questions/check-answer.ts';
import { chooseQuestion, freeTextOf, itemsOf, unseenCount } from '../../core/questions/choose.ts';
import { chooseDrawn } from '../../core/questions/generators/choose-drawn.ts';
import type { Question } from '../../core/questions/schema.ts';
import type { SlotTime } from '../../core/slots.ts';
import { addDays, type Clock, weekday } from '../../core/time.ts';
import type { Store } from '../../queries.ts';
import { dueNow } from '../../spine/outbox.ts';
import type { Reply } from '../../spine/reply.ts';
import type { NewOutboxRow, Post, Schedule } from '../../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import { dailyCard, OPEN_HOURS, type OpenUntil } from './daily-card.ts';
import { freeTextCard } from './free-text-card.ts';

type Parts = { store: Store; catalog: Catalog; clock: Clock };

/** Claims a slot and writes its post; `taken` when the day has one, `empty` when no item fits. */
export async function claimSlotNow(
  { store, catalog, clock }: Parts,
  schedule: Schedule,
  slot: SlotTime,
): Promise<'claimed' | 'taken' | 'empty'> {
  const asked = await store.askedQuestions(schedule.teamId);
  const about = { day: slot.day, asked, seed: slotSeed(schedule, slot.day) };
  const item = questionFor(schedule, catalog, about);
  if (!item) return 'empty';
  const question = isScored(item) ? (drawnFor(schedule, catalog, about) ?? item) : item;
  const at = clock.now();
  const closesAt = await closingSlot(schedule, slot.day, { store, clock });
  const claimed = await store.claimSlot({
    schedule,
    day: slot.day,
    state: 'claimed',
    dueAt: slot.at,
    closesAt,
    question,
    announce: (id) => [
      {
        ...questionRow({
          schedule,
          post: { id, question, closesAt },
          at,
          key: `question:${id}`,
          catalog,
        }),
        // Since its hour: of many questions at once, none waits for the threads of others.
        dueAt: new Date(Math.min(slot.at.getTime(), at.getTime())),
      },
    ],
  });
  return claimed === undefined ? 'taken' : 'claimed';
}

/** Fixes what a schedule asks on a day. */
export const slotSeed = ({ id }: Pick<Schedule, 'id'>, day: string) => `${id} ${day}`;

type About = { day: string; asked: readonly string[]; seed: string };

/** The item for a day: on the schedule's day for it one that is answered in words, if any fits. */
export function questionFor(
  { mix, freeTextDay }: Pick<Schedule, 'mix' | 'freeTextDay'>,
  { questions, freeText, areTwins }: Pick<Catalog, 'questions' | 'freeText' | 'areTwins'>,
  { day, asked, seed }: About,
): Question | undefined {
  const inWords =
    freeTextDay === weekday(day)
      ? chooseQuestion({ items: freeTextOf(freeText, mix), asked, areTwins, seed })
      : undefined;
  return inWords ?? chooseQuestion({ items: itemsOf(questions, mix), asked, areTwins, seed });
}

function drawnFor({ mix }: Schedule, catalog: Catalog, { asked, seed }: About) {
  const { generators, areTwins } = catalog;
  const unseen = unseenCount(itemsOf(catalog.questions, mix), asked);
  return chooseDrawn({ generators, mix, asked, areTwins, unseen, seed });
}

/** A question as everybody sees it in the channel. */
export function postedCard(
  { question, ...post }: { id: number; question: Question } & OpenUntil,
  catalog: Catalog,
): Reply {
  const chapter = catalog.chapter(question.chapter);
  return isScored(question)
    ? dailyCard({ ...post, question }, chapter)
    : freeTextCard({ ...post, question }, chapter);
}

/** The outbox row that posts a question. */
export function questionRow({
  schedule,
  post,
  at,
  key,
  catalog,
}: {
  schedule: Schedule;
  post: { id: number; question: NonNullable<Post['question']> } & OpenUntil;
  at: Date;
  key: string;
  catalog: Catalog;
}): NewOutboxRow {
  return {
    key,
    teamId: schedule.teamId,
    platform: schedule.platform,
    what: 'question',
    postId: post.id,
    outgoing: {
      kind: 'post',
      channel: schedule.channel,
      reply: postedCard(post, catalog),
      key,
    },
    ...dueNow(at),
  };
}

/**
 * The instant at which the question of a day closes that stays open until the next one; null where it is open
 * for `OPEN_HOURS`. Its card names it, so a later change of the schedule does not move it.
 */
export async function closingSlot(
  schedule: Schedule,
  day: string,
  parts: Pick<Parts, 'store' | 'clock'>,
): Promise<Date | null> {
  if (schedule.closes === 'hours') return null;
  const [next] = await comingSlots({ ...schedule, startsOn: addDays(day, 1) }, 1, parts);
  return next?.at ?? null;
}

/** When a question that stands in its channel since this instant closes. */
export const closingTime = ({ closesAt }: Pick<Post, 'closesAt'>, since: Date) =>
  closesAt ?? new Date(since.getTime() + OPEN_HOURS * 3_600_000);
