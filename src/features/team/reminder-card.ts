import type { Catalog } from '../../core/catalog.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import type { Post } from '../../store/schema.ts';
import { postedCard } from '../daily/posting.ts';
import { count } from '../practice/path-plan.ts';

/** What waits for a person: the open question, if there is one, and how many reviews are due. */
export type Waiting = {
  post: Post | undefined;
  reviews: number;
  team: string;
  /** None of the latest ones was used, so no more follow. */
  isLast: boolean;
};

/** One message with all that waits; undefined when nothing does. */
export function reminderCard(
  { post, reviews, team, isLast }: Waiting,
  catalog: Catalog,
): Reply | undefined {
  const question = post?.question;
  if (!question && reviews === 0) return undefined;
  const due = `${count(reviews, 'question')} ${reviews === 1 ? 'is' : 'are'} due for review.`;
  const buttons: Button[] = [
    ...(reviews > 0 ? [{ label: 'Review', run: 'review', opens: true as const }] : []),
    isLast
      ? { label: 'Keep reminders', run: 'me remind action:on' }
      : { label: 'Turn off reminders', run: 'me remind action:off' },
  ];
  const end: Block[] = [
    { kind: 'buttons', buttons },
    ...(isLast ? [{ kind: 'note', text: LAST } satisfies Block] : []),
  ];
  if (!question || !post)
    return { title: 'Time to review', blocks: [{ kind: 'text', text: due }, ...end] };
  const { title, blocks } = postedCard({ id: post.id, question, closesAt: post.closesAt }, catalog);
  return {
    ...(title ? { title } : {}),
    blocks: [
      ...blocks,
      ...(reviews > 0 ? [{ kind: 'text', text: due } satisfies Block] : []),
      ...end,
      { kind: 'note', text: `Your reminder. An answer here counts for ${team}.` },
    ],
  };
}

const LAST = "You didn't answer after the last few reminders, so this is the last one.";
