import { and, asc, eq, lte, or, sql } from 'drizzle-orm';
import type { LiveCount, LiveScore } from '../../../core/live/standings.ts';
import type { ChoiceQuestion } from '../../../core/questions/schema.ts';
import type { Connection, Database } from '../../../store/connection.ts';
import { countOf } from '../../../store/queries/columns.ts';
import type { LiveRound } from '../../../store/schema.ts';

type Reader = Pick<Database, 'select'>;

/** What cards say of a question and of the round so far. */
export type LiveTally = {
  counts: LiveCount[];
  /** Without those who hide from boards. */
  scores: LiveScore[];
  /** Right answers to each question that was asked. */
  byQuestion: { number: number; question: ChoiceQuestion; right: number; answered: number }[];
  /** Messages of the round that were sent, by the keys of their rows. */
  messages: ReadonlyMap<string, string>;
};

/** Counts what was answered in a live round, also in the transaction of whoever closes a question. */
export function liveTallyOn({ tables }: Pick<Connection, 'tables'>) {
  const { liveQuestions, liveAnswers, people, outbox } = tables;
  const right = countOf(liveAnswers.isRight);
  const count = sql<number>`count(*)`.mapWith(Number);

  /** By right answers up to a question; of those who hide from boards, only the one who asks. */
  const scoresOf = (on: Reader, roundId: number, upTo: number, personId = '') =>
    on
      .select({ personId: people.id, name: people.name, right, answered: count })
      .from(liveAnswers)
      .innerJoin(people, eq(people.id, liveAnswers.personId))
      .where(
        and(
          eq(liveAnswers.roundId, roundId),
          lte(liveAnswers.number, upTo),
          or(eq(people.isHidden, false), eq(people.id, personId)),
        ),
      )
      .groupBy(people.id)
      .orderBy(people.id);

  async function tallyOf(on: Reader, { id, position }: LiveRound): Promise<LiveTally> {
    const counts = await on
      .select({ choice: liveAnswers.choice, isRight: liveAnswers.isRight, count })
      .from(liveAnswers)
      .where(and(eq(liveAnswers.roundId, id), eq(liveAnswers.number, position)))
      .groupBy(liveAnswers.choice, liveAnswers.isRight)
      .orderBy(liveAnswers.choice);
    const scores = await scoresOf(on, id, position);
    const byQuestion = await on
      .select({
        number: liveQuestions.number,
        question: liveQuestions.question,
        right,
        answered: sql<number>`count(${liveAnswers.personId})`.mapWith(Number),
      })
      .from(liveQuestions)
      .leftJoin(
        liveAnswers,
        and(
          eq(liveAnswers.roundId, liveQuestions.roundId),
          eq(liveAnswers.number, liveQuestions.number),
        ),
      )
      .where(and(eq(liveQuestions.roundId, id), lte(liveQuestions.number, position)))
      .groupBy(liveQuestions.roundId, liveQuestions.number)
      .orderBy(asc(liveQuestions.number));
    const sent = await on
      .select({ key: outbox.key, message: outbox.message })
      .from(outbox)
      .where(eq(outbox.liveId, id))
      .orderBy(outbox.id);
    return {
      counts,
      scores,
      byQuestion,
      messages: new Map(
        sent.flatMap(({ key, message }) => (message === null ? [] : [[key, message] as const])),
      ),
    };
  }

  return { scoresOf, tallyOf };
}
