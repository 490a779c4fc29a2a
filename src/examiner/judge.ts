import { digest } from '../core/digest.ts';
import type { Grade } from '../core/grading/types.ts';
import type { SpokenQuestion } from '../core/questions/schema.ts';
import type { Clock } from '../core/time.ts';
import { askModel, type Endpoint, faultOf, faulty, type ResponseForm } from './ask.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { PROMPT_VERSION, promptFor } from './prompt.ts';
import { gradeFromVerdict, isInvented, readVerdict } from './verdict.ts';

/** What one judgement may take; the offline grade stands when it is not there in time. */
const LIMITS = {
  callMs: 10_000,
  allMs: 15_000,
  perPersonAndHour: 30,
  perTeamAndDay: 500,
  cached: 500,
};

/** Where the judge is, and what it is given. */
export type JudgeSettings = Endpoint & {
  clock: Clock;
  /** A fresh random word for each call: the marks around the answer cannot be guessed. */
  nonce(): string;
  onFailure(error: unknown): void;
  /** Milliseconds for one call and for all of a judgement; 10 s and 15 s when absent. */
  callMs?: number;
  allMs?: number;
};

/** An answer that is to be judged, and for whom. */
export type Judgement = {
  question: SpokenQuestion;
  answer: string;
  /** What the same person said to the same question before this. */
  before?: readonly string[] | undefined;
  /** The offline grade, which stands whenever the judge does not. */
  grade: Grade;
  person: string;
  team: string;
};

/** The grade that counts, and whose it is. */
export type Judged = { grade: Grade; by: 'judge' | 'offline' };

/** Judges an answer; never fails, since the offline grade stands where the judge does not. */
export type Judge = (judgement: Judgement) => Promise<Judged>;

/**
 * The optional remote judge: any endpoint that speaks OpenAI's chat completions. It names a verdict
 * and a verbatim quote for each key point; whether the quote stands in the answer, and the score, are
 * worked out here.
 */
export function createJudge(settings: JudgeSettings): Judge {
  const { clock } = settings;
  const cache = new Map<string, Grade>();
  const calls = createCounter(clock);
  const rest = createCircuitBreaker(clock);
  let form: ResponseForm = 'json_schema';

  return async (judgement) => {
    const { grade, person } = judgement;
    const offline: Judged = { grade, by: 'offline' };
    if (grade.flags.includes('empty')) return offline;
    const key = cacheKey(settings.model, judgement);
    const known = cache.get(key);
    if (known) return { grade: known, by: 'judge' };
    if (rest.isOn(person) || !calls.take(judgement)) return offline;
    try {
      const { judged, isUseful } = await withinAll(settings, judgement, form, (used) => {
        form = used;
      });
      rest.answered();
      if (isUseful) rest.useful();
      else rest.useless(person);
      if (cache.size >= LIMITS.cached) cache.delete(cache.keys().next().value ?? '');
      cache.set(key, judged);
      return { grade: judged, by: 'judge' };
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'useless') rest.useless(person);
      if (fault === undefined) rest.failed(error);
      settings.onFailure(error);
      return offline;
    }
  };
}

/** Two calls at the most: the second is told what was wrong with the first. */
async function withinAll(
  settings: JudgeSettings,
  { question, answer, before, grade }: Judgement,
  form: ResponseForm,
  remember: (form: ResponseForm) => void,
): Promise<{ judged: Grade; isUseful: boolean }> {
  const signal = AbortSignal.timeout(settings.allMs ?? LIMITS.allMs);
  const prompt = promptFor(question, { answer, before, nonce: settings.nonce() });
  let complaint: string | undefined;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { text, used } = await askModel(settings, {
      prompt: complaint ? [...prompt, { role: 'user', content: complaint }] : prompt,
      schemaOf: question,
      form,
      signal: AbortSignal.any([signal, AbortSignal.timeout(settings.callMs ?? LIMITS.callMs)]),
    });
    remember(used);
    const read = readVerdict(text, question);
    if (read.ok)
      return {
        judged: gradeFromVerdict(read.verdict, question, answer, grade),
        isUseful: !isInvented(read.verdict, [...(before ?? []), answer]),
      };
    complaint = `That was not the object that was asked for: ${read.problem}. Send only the corrected JSON object.`;
  }
  throw faulty('useless', 'the judge twice gave no usable verdict');
}

/** A follow-up is its question with another prompt. */
function cacheKey(model: string, { question, answer, before = [] }: Judgement): string {
  const { id, version, prompt } = question;
  return digest(JSON.stringify([PROMPT_VERSION, model, id, version, prompt, before, answer]));
}

/** Caps for a person and hour and for a team and day. */
function createCounter(clock: Clock) {
  const counts = new Map<string, number>();
  let day = '';
  return {
    take({ person, team }: Pick<Judgement, 'person' | 'team'>): boolean {
      const hour = clock.now().toISOString().slice(0, 13);
      if (hour.slice(0, 10) !== day) counts.clear();
      day = hour.slice(0, 10);
      const mine = `${person} ${hour}`;
      const ours = `${team} ${day}`;
      const [used = 0, all = 0] = [counts.get(mine), counts.get(ours)];
      if (used >= LIMITS.perPersonAndHour || all >= LIMITS.perTeamAndDay) return false;
      counts.set(mine, used + 1);
      counts.set(ours, all + 1);
      return true;
    },
  };
}
