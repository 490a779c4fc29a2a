import { and, asc, desc, eq, gte, isNull, lte, sql } from 'drizzle-orm';
import type { LiveTiming } from '../../../core/live/round.ts';
import type { LiveScore } from '../../../core/live/standings.ts';
import type { ChoiceQuestion } from '../../../core/questions/schema.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type {
  LiveAnswer,
  LiveQuestion,
  LiveRound,
  NewLiveRound,
  NewOutboxRow,
} from '../../../store/schema.ts';
import { type LiveTally, liveTallyOn } from './tally.ts';

/** A round with the question that is asked or was asked last; none in the lobby. */
export type LiveView = { round: LiveRound; question: LiveQuestion | undefined };

export function liveQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const { liveRounds, liveQuestions, livePlayers, liveAnswers } = tables;
  type Reader = Pick<Database, 'select'>;
  const due = prepared((from: Reader) =>
    from
      .select()
      .from(liveRounds)
      .where(and(isNull(liveRounds.endedAt), lte(liveRounds.dueAt, given('at', liveRounds.dueAt))))
      .orderBy(asc(liveRounds.dueAt), asc(liveRounds.id))
      .prepare(),
  );
  const nextDue = prepared((from: Reader) =>
    from
      .select({ dueAt: liveRounds.dueAt })
      .from(liveRounds)
      .where(isNull(liveRounds.endedAt))
      .orderBy(asc(liveRounds.dueAt))
      .limit(1)
      .prepare(),
  );
  const cardSteps = cardStepsOn(connection);
  const { scoresOf, tallyOf } = liveTallyOn(connection);
  const count = sql<number>`count(*)`.mapWith(Number);

  async function viewOf(on: Reader, round: LiveRound | undefined): Promise<LiveView | undefined> {
    if (!round) return undefined;
    const [question] = await on
      .select()
      .from(liveQuestions)
      .where(and(eq(liveQuestions.roundId, round.id), eq(liveQuestions.number, round.position)));
    return { round, question };
  }

  const join = (on: Database, player: { roundId: number; personId: string; at: Date }) =>
    on
      .insert(livePlayers)
      .values({ roundId: player.roundId, personId: player.personId, joinedAt: player.at })
      .onConflictDoNothing();

  return {
    /** Opens a round; where one is open in the channel already, that one is returned and nothing is written. */
    startLive: (
      round: Omit<NewLiveRound, 'state'>,
      questions: readonly ChoiceQuestion[],
      announce: (round: LiveRound) => NewOutboxRow[],
    ): Promise<{ round: LiveRound; isNew: boolean }> =>
      atomic(async (on) => {
        const [added] = await on
          .insert(liveRounds)
          .values({ ...round, state: 'lobby' })
          .onConflictDoNothing()
          .returning();
        if (added) {
          await on.insert(liveQuestions).values(
            questions.map((question, index) => ({
              roundId: added.id,
              number: index + 1,
              questionId: question.id,
              question,
            })),
          );
          await queue(on, tables, announce(added));
          return { round: added, isNew: true };
        }
        const [open] = await on.select().from(liveRounds).where(isOpenIn(liveRounds, round));
        if (!open) throw new Error('The live round was not stored');
        return { round: open, isNew: false };
      }),

    liveRound: async (id: number): Promise<LiveView | undefined> => {
      const [round] = await db.select().from(liveRounds).where(eq(liveRounds.id, id));
      return viewOf(db, round);
    },

    /** The open round of a channel. */
    openLiveIn: async (
      place: Pick<LiveRound, 'teamId' | 'platform' | 'channel'>,
    ): Promise<LiveView | undefined> => {
      const [round] = await db.select().from(liveRounds).where(isOpenIn(liveRounds, place));
      return viewOf(db, round);
    },

    /** @returns How many people take part. */
    joinLive: (player: { roundId: number; personId: string; at: Date }): Promise<number> =>
      atomic(async (on) => {
        await join(on, player);
        const [joined] = await on
          .select({ count })
          .from(livePlayers)
          .where(eq(livePlayers.roundId, player.roundId));
        return joined?.count ?? 0;
      }),

    /** Keeps an answer, and what it does to its card; false once its question is closed. */
    answerLive: ({ card, ...answer }: LiveAnswer & { card: CardChange }): Promise<boolean> =>
      atomic(async (on) => {
        const { roundId, number, personId, choice, isRight, at } = answer;
        const [open] = await on
          .select({ id: liveRounds.id })
          .from(liveRounds)
          .where(
            and(
              eq(liveRounds.id, roundId),
              eq(liveRounds.state, 'asking'),
              eq(liveRounds.position, number),
            ),
          );
        if (!open) return false;
        await on
          .insert(liveAnswers)
          .values(answer)
          .onConflictDoUpdate({
            target: [liveAnswers.roundId, liveAnswers.number, liveAnswers.personId],
            set: { choice, isRight, at },
          });
        await join(on, { roundId, personId, at });
        await cardSteps.change(on, card);
        return true;
      }),

    /**
     * Moves a round on and writes what shows it; undefined when it has moved since it was read, as for a second press.
     * No answer comes between the close of a question and its count.
     */
    moveLive: (
      from: LiveRound,
      to: LiveTiming,
      { at, rows }: { at: Date; rows(view: LiveView, tally: LiveTally): NewOutboxRow[] },
    ): Promise<LiveView | undefined> =>
      atomic(async (on) => {
        const { state, position, leftMs, dueAt } = to;
        const [moved] = await on
          .update(liveRounds)
          .set({ state, position, leftMs, dueAt, ...(state === 'ended' ? { endedAt: at } : {}) })
          .where(
            and(
              eq(liveRounds.id, from.id),
              eq(liveRounds.state, from.state),
              eq(liveRounds.position, from.position),
              from.leftMs === null ? isNull(liveRounds.leftMs) : eq(liveRounds.leftMs, from.leftMs),
            ),
          )
          .returning();
        const view = await viewOf(on, moved);
        if (view) await queue(on, tables, rows(view, await tallyOf(on, view.round)));
        return view;
      }),

    /** Everybody's score up to a question, as one person may see it: with their own though they hide. */
    liveScores: (at: { roundId: number; upTo: number; personId: string }): Promise<LiveScore[]> =>
      Promise.resolve(scoresOf(db, at.roundId, at.upTo, at.personId)),

    /** What the result of a round says, of those who are shown. */
    liveTally: (round: LiveRound): Promise<LiveTally> => tallyOf(db, round),

    livePlayersOf: async (roundId: number): Promise<number> => {
      const [joined] = await db
        .select({ count })
        .from(livePlayers)
        .where(eq(livePlayers.roundId, roundId));
      return joined?.count ?? 0;
    },

    /** Open rounds in which something happens by itself by an instant. */
    dueLive: (at: Date): Promise<LiveRound[]> => Promise.resolve(due(db).execute({ at })),

    /** When something happens next in an open round; undefined when none is open. */
    nextLiveAt: async (): Promise<Date | undefined> => {
      const [next] = await nextDue(db).execute();
      return next?.dueAt;
    },

    /** What a person answered in a round, by its questions. */
    liveAnswersOf: (roundId: number, personId: string): Promise<LiveAnswer[]> =>
      Promise.resolve(
        db
          .select()
          .from(liveAnswers)
          .where(and(eq(liveAnswers.roundId, roundId), eq(liveAnswers.personId, personId)))
          .orderBy(asc(liveAnswers.number)),
      ),

    liveQuestionsOf: (roundId: number): Promise<LiveQuestion[]> =>
      Promise.resolve(
        db
          .select()
          .from(liveQuestions)
          .where(eq(liveQuestions.roundId, roundId))
          .orderBy(asc(liveQuestions.number)),
      ),

    /** Questions that a team is asked at this moment in a live round. */
    liveOpenFor: async (teamId: string): Promise<string[]> => {
      const open = await db
        .select({ id: liveQuestions.questionId })
        .from(liveRounds)
        .innerJoin(
          liveQuestions,
          and(
            eq(liveQuestions.roundId, liveRounds.id),
            eq(liveQuestions.number, liveRounds.position),
          ),
        )
        .where(
          and(
            eq(liveRounds.teamId, teamId),
            isNull(liveRounds.endedAt),
            eq(liveRounds.state, 'asking'),
          ),
        )
        .orderBy(asc(liveRounds.id));
      return open.map(({ id }) => id);
    },

    /** Questions that a team had in its live rounds since an instant, or that wait in an open one. */
    liveAskedSince: async (teamId: string, since: Date): Promise<string[]> => {
      const asked = await db
        .select({ id: liveQuestions.questionId })
        .from(liveQuestions)
        .innerJoin(liveRounds, eq(liveRounds.id, liveQuestions.roundId))
        .where(and(eq(liveRounds.teamId, teamId), gte(liveRounds.startedAt, since)))
        .orderBy(desc(liveRounds.id), asc(liveQuestions.number));
      return asked.map(({ id }) => id);
    },
  };
}

function isOpenIn(
  liveRounds: Connection['tables']['liveRounds'],
  { teamId, platform, channel }: Pick<LiveRound, 'teamId' | 'platform' | 'channel'>,
) {
  return and(
    eq(liveRounds.teamId, teamId),
    eq(liveRounds.platform, platform),
    eq(liveRounds.channel, channel),
    isNull(liveRounds.endedAt),
  );
}
