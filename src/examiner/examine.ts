import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Grade } from '../core/grading/types.ts';
import type {
  Examination,
  Examined,
  Examiner,
  Saying,
  Trouble,
} from '../core/interview/examiner.ts';
import type { Clock } from '../core/time.ts';
import { createModel } from './ask.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import type { Message } from './dialect.ts';
import { type Endpoint, isLocal, nameOf } from './endpoint.ts';
import { topicalPart } from './evidence.ts';
import { faultOf, faulty } from './fault.ts';
import { addsNumber, isSafeToSay } from './leak.ts';
import { clarifyPrompt, complaintOn, hintPrompt, PROMPT_VERSION, verdictPrompt } from './prompt.ts';
import { createQuota } from './quota.ts';
import { readJson } from './read-json.ts';
import {
  askedNext,
  decides,
  gradeFrom,
  type Held,
  inventedIn,
  readVerdict,
  verdictSchema,
  wrongIn,
} from './verdict.ts';

const LIMITS = {
  /** What one answer may take; then the built-in grader's grade stands. */
  answerMs: 60_000,
  /** What a hint or an answer to a question may take: somebody waits for it with an open question. */
  sayMs: 20_000,
  /** The second request is for an endpoint that refused the first, or for a verdict that was of no use. */
  requests: 2,
  cached: 500,
};

/** Where the examiner is, and what it is given. */
export type ExaminerSettings = {
  endpoint: Endpoint;
  clock: Clock;
  /** A fresh random word for each request: the marks around what was said cannot be guessed. */
  nonce(): string;
  onFailure(error: unknown): void;
  /** Hears what each request took. */
  onUsage?(usage: { sent: number; written: number; requests: number }): void;
  /** Milliseconds for an answer; a minute when absent. */
  answerMs?: number;
};

const sentence = z.strictObject({ say: z.string() });

/**
 * An examiner at any endpoint that speaks OpenAI's chat completions. It never fails: the built-in grader's grade stands, the
 * bank's hint is shown, and a question stays unanswered where it doesn't help.
 */
export function createExaminer(settings: ExaminerSettings): Examiner {
  const { clock, endpoint } = settings;
  const model = createModel(endpoint);
  const cache = new Map<string, Examined>();
  const quota = createQuota(clock);
  const rest = createCircuitBreaker(clock);

  /** Asks, unless nobody may; what goes wrong is told to the circuit breaker. */
  async function attempt<T>(
    who: Pick<Examination, 'person' | 'team'>,
    ms: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | { trouble: Trouble }> {
    if (rest.isOn(who.person)) return { trouble: 'broken' };
    if (!quota.take(who)) return { trouble: 'limit' };
    const signal = AbortSignal.timeout(ms);
    try {
      const done = await work(signal);
      rest.answered();
      return done;
    } catch (error) {
      const fault = faultOf(error);
      if (fault === 'useless') rest.useless(who.person);
      if (fault === undefined) rest.failed(error);
      settings.onFailure(error);
      return { trouble: signal.aborted ? 'slow' : 'broken' };
    }
  }

  async function examine(examination: Examination): Promise<Examined> {
    const { question, answer, person, mayDecide = true } = examination;
    const whole = examination.gradeOffline(answer);
    const gates = whole.gates ?? [];
    if (gates.some(({ keeps }) => keeps === 0)) return { grade: whole, by: 'offline' };
    const sent = topicalPart(
      answer,
      question,
      gates.flatMap(({ name, cut = [] }) => (name === 'injection' ? cut : [])),
    );
    const { isOnGrading } = sent;
    // Words to the examiner, and talk of something else, don't help with the built-in grader either.
    const isSuspect = isOnGrading || sent.text === '';
    const grade = isSuspect ? lower(whole, examination.gradeOffline(sent.text)) : whole;
    const offline: Examined = { grade, by: 'offline' };
    // Nothing of it can be evidence.
    if (sent.text === '') return offline;
    const key = cacheKey(nameOf(endpoint), examination);
    const known = cache.get(key);
    if (known) return known;
    const found = await attempt(examination, settings.answerMs ?? LIMITS.answerMs, (signal) =>
      verdictsOn(
        { question, answer: sent.text, offline: grade, isOnGrading, mayDecide },
        examination.before,
        signal,
      ),
    );
    if ('trouble' in found) return { ...offline, trouble: found.trouble };
    if (found.isUseful) rest.useful();
    else rest.useless(person);
    if (!found.isUseful) return { ...offline, trouble: 'invented' };
    if (cache.size >= LIMITS.cached) cache.delete(cache.keys().next().value ?? '');
    cache.set(key, found.examined);
    return found.examined;
  }

  /** A reply that is of no use, or that invents quotes, is asked for once more, with what was wrong. */
  async function verdictsOn(
    held: Held,
    before: Examination['before'],
    signal: AbortSignal,
  ): Promise<{ examined: Examined; isUseful: boolean }> {
    const { question, answer } = held;
    const prompt = verdictPrompt(question, { answer, before, nonce: settings.nonce() });
    const schema = verdictSchema(question);
    const first = await request({ prompt, schema, signal, most: LIMITS.requests });
    const verdict = readVerdict(first.text, question);
    const invented = verdict ? inventedIn(verdict, held) : [];
    const complaint = complaintOn(verdict !== undefined, invented);
    const left = LIMITS.requests - first.requests;
    const again =
      complaint && left > 0
        ? await request({
            prompt: [...prompt, { role: 'user', content: complaint }],
            schema,
            signal,
            most: left,
            // A first reply that is of some use is better than none.
          }).catch((error: unknown) => {
            if (!verdict) throw error;
          })
        : undefined;
    const second = again && readVerdict(again.text, question);
    const verdicts = [second, verdict].filter((each) => each !== undefined);
    const [newest] = verdicts;
    if (!newest) throw faulty('useless', 'the examiner gave no verdict that can be read');
    const isUseful = verdicts.some(
      (each) => inventedIn(each, held).length < Math.max(1, claimsIn(each)),
    );
    return { examined: examinedBy(verdicts, newest, held), isUseful };
  }

  async function request(call: Parameters<typeof model>[0]) {
    const reply = await model(call);
    settings.onUsage?.({ ...reply.usage, requests: reply.requests });
    return reply;
  }

  /** One sentence to somebody who has not answered yet; undefined where it would give something away. */
  async function say({ question, ...who }: Saying, prompt: Message[]): Promise<string | undefined> {
    const ms = Math.min(LIMITS.sayMs, settings.answerMs ?? LIMITS.sayMs);
    const said = await attempt(who, ms, async (signal) => {
      const { text } = await request({ prompt, schema: sentence, signal, most: LIMITS.requests });
      return { read: sentence.safeParse(readJson(text)) };
    });
    const text = 'read' in said && said.read.success ? said.read.data.say.trim() : '';
    return isSafeToSay(text, question) ? text : undefined;
  }

  /** From the question's facts alone: an answer with a number of its own is none. */
  async function clarify(saying: Saying): Promise<string | undefined> {
    const { question, text: asked } = saying;
    const text = await say(saying, clarifyPrompt(question, { asked, nonce: settings.nonce() }));
    const facts = `${question.prompt}\n${question.code ?? ''}\n${asked}`;
    return text === undefined || addsNumber(text, facts) ? undefined : text;
  }

  return {
    name: nameOf(endpoint),
    isLocal: isLocal(endpoint),
    prompt: PROMPT_VERSION,
    examine,
    clarify,
    wordHint: (saying: Saying) =>
      say(saying, hintPrompt(saying.question, { hint: saying.text, nonce: settings.nonce() })),
  };
}

type Verdict = NonNullable<ReturnType<typeof readVerdict>>;

const lower = (one: Grade, other: Grade): Grade => (other.score < one.score ? other : one);

const claimsIn = ({ points }: Verdict) => points.filter(({ verdict }) => verdict !== 'not').length;

function examinedBy(verdicts: readonly Verdict[], newest: Verdict, held: Held): Examined {
  const { question, answer, offline } = held;
  const own = gradeFrom(verdicts, held);
  const isNear = decides(own.score, held);
  const isDeciding = isNear && held.mayDecide;
  const grade = isDeciding ? own : offline;
  const next = askedNext(newest, { question, answer, grade });
  return {
    grade,
    by: isDeciding ? 'judge' : 'offline',
    opinion: { score: own.score, isUnsure: !isNear, wrong: wrongIn(newest, answer) },
    ...(next ? { askNext: next } : {}),
  };
}

/** A follow-up is its question with another prompt. */
function cacheKey(name: string, { question, answer, before = [], mayDecide }: Examination): string {
  const { id, version, prompt } = question;
  return createHash('sha256')
    .update(JSON.stringify([PROMPT_VERSION, name, id, version, prompt, before, answer, mayDecide]))
    .digest('base64url');
}
