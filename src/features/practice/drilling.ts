import { recallOf } from '../../core/practice/memory.ts';
import type { Verdict } from '../../core/questions/check-answer.ts';
import { drawAgain, seedToken } from '../../core/questions/generators/drawn.ts';
import type { DrawnQuestion } from '../../core/questions/generators/generator.ts';
import { pick, randomFrom } from '../../core/random.ts';
import { cardChange } from '../../session/card-change.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply, Text } from '../../spine/reply.ts';
import { drillCard } from './drill-card.ts';

/**
 * The drill behind a button: its id holds kind and seed, so nothing is stored.
 *
 * @throws UserError when this version draws no such question.
 */
export function findDrill(id: string, { catalog }: Pick<Context, 'catalog'>): DrawnQuestion {
  const question = drawAgain(catalog.generators, id);
  if (!question)
    throw new UserError([
      'This drill is no longer available. Run ',
      { command: 'quiz mode:drill' },
      ' for a new one.',
    ]);
  return question;
}

/** Its kind comes back in the review, with other numbers. The same drill answered again is the same answer. */
export async function keepDrill(
  question: DrawnQuestion,
  { right, share }: Verdict,
  context: Context,
): Promise<void> {
  const what = recallOf({ outcome: right ? 'right' : 'wrong', tries: 1, hints: 0 });
  await context.store.changeCard(
    cardChange(question, { key: `drill ${question.id}`, what, share }, context),
  );
}

/**
 * A new calculation with the person's own numbers.
 *
 * @throws UserError when there's no such kind, or none of this chapter.
 */
export async function startDrill(
  { chapter, kind }: { chapter?: number | undefined; kind?: string | undefined },
  context: Context,
): Promise<Reply> {
  const { catalog, person, seed } = context;
  const own = `${person.id} ${seed}`;
  const kinds = kindsFor({ chapter, kind }, context);
  // A drill nobody asked for by name would show how the open daily question is calculated.
  const open = kind === undefined ? await openFor(context) : [];
  const free = kinds.filter(({ id }) => !open.some((other) => catalog.areTwins(other, id)));
  const generator = pick(free.length > 0 ? free : kinds, randomFrom(own));
  if (!generator) throw new UserError(nothingFor(chapter, kind));
  const question = generator.draw(seedToken(own));
  return drillCard(question, { chapter: catalog.chapter(question.chapter) });
}

function kindsFor(
  { chapter, kind }: { chapter?: number | undefined; kind?: string | undefined },
  { catalog: { generators } }: Context,
) {
  if (kind !== undefined) return generators.filter(({ id }) => id === kind.trim().toLowerCase());
  return generators.filter((each) => chapter === undefined || each.chapter === chapter);
}

function nothingFor(chapter: number | undefined, kind: string | undefined): Text {
  if (kind !== undefined)
    return [
      `I don't know the calculation "${kind}". Run `,
      { command: 'quiz mode:drill' },
      ' for any calculation, or ',
      { command: 'quiz 5 mode:drill' },
      ' for one from chapter 5.',
    ];
  return chapter === undefined
    ? [
        'There are no calculations here. Try ',
        { command: 'daily' },
        ' or ',
        { command: 'mock' },
        '.',
      ]
    : [
        `Chapter ${chapter} has no calculations, but chapters 1 to 10 do. Run `,
        { command: 'quiz mode:drill' },
        ' for any of them.',
      ];
}
