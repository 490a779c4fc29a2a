import type { Catalog } from '../core/catalog.ts';
import { chooseQuestion, unseenCount } from '../core/questions/choose.ts';
import { chooseDrawn } from '../core/questions/generators/choose-drawn.ts';
import { nextSlots, type SlotTime } from '../core/slots.ts';
import type { Clock } from '../core/time.ts';
import type { NewOutboxRow, Post, Schedule } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { dailyCard, OPEN_HOURS } from './question-card.ts';

type Parts = { store: Store; catalog: Catalog; clock: Clock };

/** Claims a slot and writes its post; `taken` when the day has one, `empty` when no item fits. */
export async function claimSlotNow(
  { store, catalog, clock }: Parts,
  schedule: Schedule,
  slot: SlotTime,
): Promise<'claimed' | 'taken' | 'empty'> {
  const asked = await store.askedQuestions(schedule.teamId);
  const about = { mix: schedule.mix, asked, seed: `${schedule.id} ${slot.day}` };
  const item = chooseQuestion({ ...about, bank: catalog.questions });
  if (!item) return 'empty';
  const unseen = unseenCount(catalog.questions, schedule.mix, asked);
  const question = chooseDrawn({ ...about, generators: catalog.generators, unseen }) ?? item;
  const at = clock.now();
  const claimed = await store.claimSlot({
    schedule,
    day: slot.day,
    state: 'claimed',
    dueAt: slot.at,
    question,
    announce: (id) => [
      questionRow({ schedule, post: { id, question }, at, key: `question:${id}`, catalog }),
    ],
  });
  return claimed === undefined ? 'taken' : 'claimed';
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
  post: { id: number; question: NonNullable<Post['question']> };
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
      reply: dailyCard(
        { ...post, closes: schedule.closes },
        catalog.chapter(post.question.chapter),
      ),
      key,
    },
    state: 'due',
    dueAt: at,
    at,
  };
}

/** When a question posted at this instant closes. */
export function closingTime(schedule: Schedule, postedAt: Date): Date {
  const [next] = schedule.closes === 'next' ? nextSlots(schedule, postedAt, 1) : [];
  return next?.at ?? new Date(postedAt.getTime() + OPEN_HOURS * 3_600_000);
}
