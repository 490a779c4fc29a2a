import { z } from 'zod';
import { formatPoints, isFinished } from '../../../core/scoring/points.ts';
import { streakOf } from '../../../core/scoring/streak.ts';
import { labelOf, promptBlocks } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block } from '../../../spine/reply.ts';
import { invitationBlocks } from '../../peers/cards.ts';
import { doorBlocks } from '../doors.ts';

export const home = defineCommand({
  name: 'home',
  summary: "Today's question, your rank, and settings",
  example: 'home',
  visibility: 'private',
  onlyShows: true,
  hidden: true,
  input: z.object({}),

  async run(_, context) {
    return {
      title: 'Warmup',
      blocks: [
        ...(context.isElsewhere ? [teamBlock(context)] : []),
        ...(await invitationBlocks(context)),
        ...((await doorBlocks(context)) ?? [
          ...(await questionBlocks(context)),
          ...(await standingBlocks(context)),
        ]),
        settings(context),
      ],
    };
  },
});

/** In a direct message nothing else says for whom it is. */
const teamBlock = ({ team }: Context): Block => ({
  kind: 'text',
  text: ['Team: ', { bold: team.name }, '. Change it with ', { command: 'me server' }, '.'],
});

async function questionBlocks({ store, team, person, catalog }: Context): Promise<Block[]> {
  const [post] = await store.openPosts(team.id);
  if (!post?.question) return [{ kind: 'text', text: 'No open question right now.' }];
  const isDone =
    isFinished(await store.progress(post.id, person.id)) ||
    (await store.freeTextAnswer(post.id, person.id)) !== undefined;
  return [
    {
      kind: 'text',
      text: [
        { bold: "Today's question" },
        ` · ${labelOf(post.question, catalog.chapter(post.question.chapter))}`,
      ],
    },
    ...promptBlocks(post.question),
    {
      kind: 'buttons',
      buttons: [
        {
          label: isDone ? 'See result' : 'Answer',
          run: `answer post:${post.id}`,
          style: 'primary',
        },
      ],
    },
  ];
}

async function standingBlocks({ store, team, person }: Context): Promise<Block[]> {
  const standing = await store.standing(team.id, person.id);
  const streak = streakOf(await store.streakEntries(team.id, person.id, person.createdAt));
  return [
    {
      kind: 'fields',
      fields: [
        {
          label: 'Rank',
          value: standing ? `${standing.rank} of ${standing.of}` : 'no answers yet',
        },
        { label: 'Points', value: formatPoints(standing?.quarters ?? 0) },
        { label: 'Streak', value: String(streak.current) },
        { label: 'Streak freezes', value: `${streak.shields} of 2` },
      ],
    },
  ];
}

function settings({ isAdmin }: Context): Block {
  return {
    kind: 'buttons',
    buttons: [
      { label: 'My stats', run: 'me' },
      { label: 'Leaderboard', run: 'leaderboard' },
      ...(isAdmin ? [{ label: 'Setup', run: 'setup' }] : []),
      { label: 'Help', run: 'help' },
    ],
  };
}
