import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Catalog } from '../core/catalog.ts';
import {
  eloOf,
  guessOf,
  LABEL_LOGITS,
  type MeasuredDifficulty,
  measuringDifficulties,
} from '../core/practice/difficulty.ts';
import { isScored, type ScoredQuestion } from '../core/questions/check-answer.ts';
import type { Difficulty, Question } from '../core/questions/schema.ts';
import { type Clock, dayIn } from '../core/time.ts';
import type { Store } from '../queries.ts';

type Parts = { store: Store; catalog: Catalog; team: { id: string } };

/** So many of the newest answers are measured, which takes half a second in all. */
const MOST_ANSWERS = 10_000;

/** How hard those closed items are that a team has answered, by the first answers of its people in the channel and in practice. */
export async function measuredDifficulties({
  store,
  catalog,
  team,
}: Parts): Promise<Map<string, MeasuredDifficulty>> {
  const items = new Map<string, ScoredQuestion>();
  const posts = await store.closedQuestions(team.id);
  for (const question of [...catalog.questions, ...posts.map((post) => post.question)]) {
    const known = items.get(question.id);
    if (isScored(question) && (!known || question.version > known.version))
      items.set(question.id, question);
  }
  // Answers to an older text say nothing about this one.
  const itemOf = new Map(
    posts
      .filter(({ question }) => items.get(question.id)?.version === question.version)
      .map(({ postId, question }) => [postId, question.id]),
  );
  const inChannel = await store.firstAnswersByPerson(team.id, MOST_ANSWERS);
  const inPractice = await store.firstPracticeAnswers(team.id, MOST_ANSWERS);
  // All else goes on between reading so many rows and sorting them.
  await nextTurn();
  const answers = [
    ...inChannel.map(({ postId, ...rest }) => ({ ...rest, item: itemOf.get(postId) ?? '' })),
    ...inPractice.map(({ card, ...rest }) => ({ ...rest, item: card })),
  ]
    .filter(({ item }) => items.has(item))
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, MOST_ANSWERS)
    .map(({ personId, item, isRight }) => ({ person: personId, item, isRight }));
  // The latest first, so that the first answer of somebody who was asked again is what stays.
  const first = new Map(answers.map((answer) => [`${answer.person} ${answer.item}`, answer]));
  const answered = new Set(answers.map(({ item }) => item));
  const steps = measuringDifficulties(
    [...items.values()]
      .filter(({ id }) => answered.has(id))
      .map((question) => ({
        id: question.id,
        label: question.difficulty,
        guess: guessOf(question),
      })),
    [...first.values()],
  );
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await nextTurn();
  }
}

type Kept = { day: string; measured: Promise<Map<string, MeasuredDifficulty>> };

/** What was measured today; losing it costs measuring once more. */
const kept = new WeakMap<Store, Map<string, Kept>>();

/** How hard an item is for a team on the Elo scale of interviews; measured at most once a day. */
export async function itemStrengths(
  parts: Parts & { clock: Clock },
): Promise<(question: Pick<Question, 'id'> & { difficulty: Difficulty }) => number> {
  const { store, team, clock } = parts;
  const day = dayIn(clock.now(), 'UTC');
  const teams = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, teams);
  const found = teams.get(team.id);
  // Whoever comes while it's being measured waits for the same.
  const measured = found?.day === day ? found.measured : measuredDifficulties(parts);
  // Teams that are gone, or that nobody practices in, are not kept longer than a day.
  for (const [id, each] of teams) if (each.day !== day) teams.delete(id);
  teams.set(team.id, { day, measured });
  measured.catch(() => teams.delete(team.id));
  const strengths = await measured;
  return ({ id, difficulty }) => eloOf(strengths.get(id)?.value ?? LABEL_LOGITS[difficulty]);
}
