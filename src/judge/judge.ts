import { createHash } from 'node:crypto';
import type { Grade } from '../core/interview/grading/types.ts';
import type { SpokenQuestion } from '../core/questions/schema.ts';
import type { Clock } from '../core/time.ts';
import { askModel, type Endpoint, isRefusal, type ResponseForm, refusal } from './ask.ts';
import { PROMPT_VERSION, promptFor } from './prompt.ts';
import { gradeFromVerdict, readVerdict } from './verdict.ts';

/** What one judgement may take; the offline grade stands when it is not there in time. */
const LIMITS = {
  callMs: 10_000,
  allMs: 15_000,
  /** Failures of the endpoint in a row before it is left alone, and for how long. */
  failures: 3,
  restMs: 5 * 60_000,
  /** For so long it is left alone at the most when it says itself for how long. */
  longestRestMs: 3_600_000,
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
  let form: ResponseForm = 'json_schema';
  let failures = 0;
  let restUntil = 0;

  return async (judgement) => {
    const { grade } = judgement;
    const now = clock.now().getTime();
    const offline: Judged = { grade, by: 'offline' };
    if (grade.flags.includes('empty')) return offline;
    const key = cacheKey(settings.model, judgement);
    const known = cache.get(key);
    if (known) return { grade: known, by: 'judge' };
    if (now < restUntil || !calls.take(judgement)) return offline;
    try {
      const judged = await withinAll(settings, judgement, form, (used) => {
        form = used;
      });
      failures = 0;
      if (cache.size >= LIMITS.cached) cache.delete(cache.keys().next().value ?? '');
      cache.set(key, judged);
      return { grade: judged, by: 'judge' };
    } catch (error) {
      if (!isRefusal(error)) {
        failures += 1;
        restUntil = restAfter(error, failures, clock.now().getTime());
      }
      settings.onFailure(error);
      return offline;
    }
  };
}

/** Until when it is left alone after a failure: as it asks for itself, else after some in a row. */
function restAfter(error: unknown, failures: number, now: number): number {
  const cause = error instanceof Error ? error.cause : undefined;
  const asked = typeof cause === 'string' ? waitMs(cause, now) : 0;
  const own = failures >= LIMITS.failures ? LIMITS.restMs : 0;
  return now + Math.max(own, Math.min(asked, LIMITS.longestRestMs));
}

/** A `Retry-After` header: seconds, or an instant. */
function waitMs(retryAfter: string, now: number): number {
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  // What is no instant is no wait.
  return Math.max(0, ms || 0);
}

/** Two calls at the most: the second is told what was wrong with the first. */
async function withinAll(
  settings: JudgeSettings,
  { question, answer, before, grade }: Judgement,
  form: ResponseForm,
  remember: (form: ResponseForm) => void,
): Promise<Grade> {
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
    if (read.ok) return gradeFromVerdict(read.verdict, question, answer, grade);
    complaint = `That was not the object that was asked for: ${read.problem}. Send only the corrected JSON object.`;
  }
  throw refusal('the judge twice gave no usable verdict');
}

/** A follow-up is its question with another prompt. */
function cacheKey(model: string, { question, answer, before = [] }: Judgement): string {
  const { id, version, prompt } = question;
  return createHash('sha256')
    .update(JSON.stringify([PROMPT_VERSION, model, id, version, prompt, before, answer]))
    .digest('base64url');
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
