import type { Examiner } from '../../core/interview/examiner.ts';
import { type FollowUpRead, followUpGrade, questionAsked } from '../../core/interview/follow-up.ts';
import { probeFor } from '../../core/interview/probe.ts';
import { unreadable } from '../../core/interview/remarks.ts';
import {
  currentExchange,
  currentItem,
  nextHint,
  type Probe,
  type State,
  type Turn,
} from '../../core/interview/state.ts';
import type { Context } from '../../spine/command.ts';
import { examinerHere, mayDecide } from './examiner-setup.ts';
import { type InterviewSession, questionOf } from './interview-session.ts';

type Graded = Extract<Turn, { kind: 'graded' | 'unread' }>;
/** What an interview holds for grading. */
type GradedSession = Pick<InterviewSession, 'state' | 'catalog'>;
/** Nobody is asked where an interview ends without its person. */
type Asking = Pick<Context, 'person' | 'team' | 'isAlone' | 'examiner' | 'store'> | undefined;

/** The examiner, while it is the one that the person agreed to. */
function agreedExaminer({ examiner: agreed }: State, context: Asking): Examiner | undefined {
  const examiner = context && examinerHere(context);
  return examiner?.name === agreed ? examiner : undefined;
}

const whoAsks = (context: Asking) => ({
  person: context?.person.id ?? '',
  team: context?.team.id ?? '',
});

/**
 * Grades the answer that awaits its grade, or says why it cannot be read; undefined when there is none, or when its question
 * left the bank.
 */
export async function gradeGiven(
  { state, catalog }: GradedSession,
  context: Asking,
): Promise<{ turn: Graded; probe?: Probe | undefined } | undefined> {
  const item = currentItem(state);
  const question = questionOf(item?.questionId, { catalog });
  const exchange = currentExchange(state);
  if (state.phase !== 'answered' || !item || !question || !exchange) return undefined;
  const before = item.exchanges.filter((earlier) => earlier !== exchange);
  const { answer = '' } = exchange;
  const said = before.flatMap((earlier) => earlier.answer ?? []);
  const asked = questionAsked(question, exchange);
  const read: FollowUpRead['read'] = (another, text) => catalog.grade(another, text, said);
  const gradeOffline = (part: string) =>
    followUpGrade(read(asked, part), { question, exchange: { ...exchange, answer: part }, read });
  const own = gradeOffline(answer);
  const examiner = agreedExaminer(state, context);
  const why = unreadable(own, answer);
  if (why) {
    const reply =
      why === 'question' &&
      (await examiner?.clarify({ question, text: answer, ...whoAsks(context) }));
    return { turn: { kind: 'unread', why, ...(reply ? { reply } : {}) } };
  }
  const examined = await examiner?.examine({
    question: asked,
    answer,
    before: said,
    gradeOffline,
    mayDecide:
      examiner !== undefined && context !== undefined && (await mayDecide(examiner, context)),
    ...whoAsks(context),
  });
  const { askNext, ...graded } = examined ?? { grade: own, by: 'offline' as const };
  const probe = probeFor(question, state, graded.grade);
  // The examiner asks the first follow-up, where one is due at all.
  const next = probe?.depth === 1 && askNext ? { ...askNext, depth: 1 } : probe;
  return { turn: { kind: 'graded', ...graded }, probe: next };
}

/** The turns that end an interview: an answer that was given counts if it can be read, although nobody pressed on. */
export async function endingTurns(
  session: GradedSession,
  why: Extract<Turn, { kind: 'ended' }>['why'],
  context?: Asking,
): Promise<Turn[]> {
  const given = await gradeGiven(session, context);
  return [...(given ? [given.turn] : []), { kind: 'ended', why }];
}

/** The next hint, in the examiner's words where there is one. */
export async function hintTurn(
  { state, catalog }: GradedSession,
  wanted: number | undefined,
  context: Context,
): Promise<Turn> {
  // Where there is no hint left to open, 0 changes nothing.
  const number = wanted ?? nextHint(state) ?? 0;
  const item = currentItem(state);
  const question = questionOf(item?.questionId, { catalog });
  const hint = question?.hints[number - 1];
  const isNew = state.phase === 'asking' && !state.isPaused && number > (item?.hints ?? 0);
  const examiner = agreedExaminer(state, context);
  if (!examiner || !question || !hint || !isNew) return { kind: 'hinted', number };
  const text = await examiner.wordHint({ question, text: hint, ...whoAsks(context) });
  return { kind: 'hinted', number, ...(text ? { text } : {}) };
}
