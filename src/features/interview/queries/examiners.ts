import { and, eq } from 'drizzle-orm';
import type { Connection } from '../../../store/connection.ts';
import type { ExaminerCard } from '../../../store/schema.ts';

/** What was measured of examiners, and in which teams they may be asked. */
export function examinerQueries({ db, tables: { examinerCards, teams }, atomic }: Connection) {
  return {
    /** Turns an examiner on for a team, by its name, or off. */
    setExaminer: (teamId: string, examiner: string | null) =>
      atomic(async (on) => {
        await on.update(teams).set({ examiner }).where(eq(teams.id, teamId));
      }),

    /** Keeps the newest card of an examiner with these prompts. */
    saveExaminerCard: (card: ExaminerCard) =>
      atomic(async (on) => {
        await on
          .insert(examinerCards)
          .values(card)
          .onConflictDoUpdate({ target: [examinerCards.name, examinerCards.prompt], set: card });
      }),

    /** What was measured of an examiner with these prompts. */
    examinerCard: async (name: string, prompt: number): Promise<ExaminerCard | undefined> => {
      const [card] = await db
        .select()
        .from(examinerCards)
        .where(and(eq(examinerCards.name, name), eq(examinerCards.prompt, prompt)));
      return card;
    },
  };
}
