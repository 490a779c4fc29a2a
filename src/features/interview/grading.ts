import { type FollowUpRead, followUpGrade, questionAsked } from '../../core/interview/follow-up.ts';
import { probeFor } from '../../core/interview/probe.ts';
import { unreadable } from '../../core/interview/remarks.ts';
import { currentExchange, currentItem, type Probe, type Turn } from '../../core/interview/state.ts';
import type { Context } from '../../spine/command.ts';
import { type InterviewSession, questionOf } from './interview-session.ts';

type Graded = Extract<Turn, { kind: 'graded' | 'unread' }>;

/**
 * Grades the answer that awaits its grade, or says why it cannot be read; undefined when there is none, or when its question
 * left the bank.
 */
export async function gradeGiven(
  sitting: Pick<InterviewSession, 'state' | 'catalog'>,
  grade: Context['grade'],
): Promise<{ turn: Graded; probe?: Probe | undefined } | undefined> {
  const { state } = sitting;
  const item = currentItem(state);
  const question = questionOf(item?.questionId, sitting);
  const exchange = currentExchange(state);
  if (state.phase !== 'answered' || !item || !question || !exchange) return undefined;
  const before = item.exchanges.filter((earlier) => earlier !== exchange);
  const { answer = '' } = exchange;
  const said = before.flatMap((earlier) => earlier.answer ?? []);
  const { grade: given, by } = await grade(questionAsked(question, exchange), answer, said);
  const read: FollowUpRead['read'] = (asked, text) => sitting.catalog.grade(asked, text, said);
  const found = by === 'judge' ? given : followUpGrade(given, { question, exchange, read });
  const why = unreadable(found, answer);
  if (why) return { turn: { kind: 'unread', why } };
  return { turn: { kind: 'graded', grade: found, by }, probe: probeFor(question, state, found) };
}

/** The turns that end an interview: an answer that was given counts if it can be read, although nobody pressed on. */
export async function endingTurns(
  sitting: Pick<InterviewSession, 'state' | 'catalog'>,
  why: Extract<Turn, { kind: 'ended' }>['why'],
  grade: Context['grade'],
): Promise<Turn[]> {
  const given = await gradeGiven(sitting, grade);
  return [...(given ? [given.turn] : []), { kind: 'ended', why }];
}
