import { z } from 'zod';
import { formatPointCount, formatPoints } from '../../../core/scoring/points.ts';
import { WINDOW } from '../../../core/scoring/window.ts';
import { formatDay } from '../../../core/time.ts';
import { cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import type { Block, Reply } from '../../../spine/reply.ts';

export const why = defineCommand({
  name: 'leaderboard why',
  summary: 'Show how your score adds up',
  example: 'leaderboard why',
  says: [
    {
      like: [
        'why did i lose points',
        'why did my score drop',
        'why do i have no points',
        'how do you count points',
        'explain my points',
        'why is my score so low',
        'how did i get my points',
        'where does my score come from',
        'how are my points counted',
        'show how my points add up',
        'which questions gave me points',
        'how is my score calculated',
        'explain my score',
        'why do i have so few points',
        'how does my score add up',
        'where do my points come from',
        'how are points counted',
        'how are the points computed',
      ],
      label: 'Explain my score',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({}),

  async run(_, { store, team, person, locale }) {
    const joined = await store.linesInWindow(team.id, person.id);
    const questions = byQuestion(joined);
    if (questions.length === 0) return NOTHING_YET;
    const since = joined.at(-1)?.post.postedAt ?? person.createdAt;
    const freeText = await store.freeTextSince(team.id, person.id, since);
    const counted = new Set(
      [...questions].sort((a, b) => b.quarters - a.quarters).slice(0, WINDOW.best),
    );
    const total = [...counted].reduce((sum, each) => sum + each.quarters, 0);
    return {
      title: `Your score: ${formatPointCount(total)}`,
      blocks: [
        questionTable(questions, counted, locale),
        ...freeTextNote(freeText),
        {
          kind: 'note',
          text: `Your best ${WINDOW.best} of the team's last ${WINDOW.questions} questions count. Points in parentheses don't. Total: ${formatPoints(total)}.`,
        },
      ],
    };
  },
});

const NOTHING_YET: Reply = {
  title: 'Your score',
  blocks: [{ kind: 'text', text: "Your team hasn't had a question yet." }],
};

/** A question with what a person has for it, and why; `nothing` is said where they have no line. */
type Scored = { day: string; prompt: string; quarters: number; reasons: string[]; nothing: string };

type Line = Awaited<ReturnType<Context['store']['linesInWindow']>>[number];

/** The lines of each question together, in the order of the questions. */
function byQuestion(joined: readonly Line[]): Scored[] {
  const byPost = new Map<number, Scored>();
  for (const { post, line, answered } of joined) {
    const entry = byPost.get(post.id) ?? {
      day: post.day,
      prompt: post.question?.prompt ?? '',
      quarters: 0,
      reasons: [],
      nothing: answered ? 'no points' : post.closedAt ? 'not answered' : 'not answered yet',
    };
    entry.quarters += line?.quarters ?? 0;
    if (line)
      entry.reasons.push(
        `${line.quarters > 0 ? '+' : ''}${formatPoints(line.quarters)} ${line.reason}`,
      );
    byPost.set(post.id, entry);
  }
  return [...byPost.values()];
}

function questionTable(
  questions: readonly Scored[],
  counted: ReadonlySet<Scored>,
  locale: string,
): Block {
  return {
    kind: 'table',
    caption:
      questions.length === 1
        ? "Your team's last question"
        : `Your team's last ${questions.length} questions, newest first`,
    columns: [
      { label: 'Day' },
      { label: 'Question' },
      { label: 'Details' },
      { label: 'Points', align: 'right' },
    ],
    rows: questions.map((each) => [
      formatDay(each.day, locale),
      cut(each.prompt, 40),
      each.reasons.join('; ') || each.nothing,
      counted.has(each) ? formatPoints(each.quarters) : `(${formatPoints(each.quarters)})`,
    ]),
  };
}

/** Free-text questions are in no sum, so a person who misses them in the list is told where they are. */
function freeTextNote(freeText: readonly { answerId: number | null }[]): Block[] {
  if (freeText.length === 0) return [];
  const answered = freeText.filter(({ answerId }) => answerId !== null).length;
  return [
    {
      kind: 'note',
      text: `Free-text questions aren't listed because they don't earn points. They count for your streak, and you answered ${answered} of ${freeText.length}.`,
    },
  ];
}
