import type { SpokenQuestion } from '../questions/schema.ts';
import { pointsSoFar, reached } from './probe.ts';
import type { Exchange, Item, State } from './session.ts';

/** What each hint costs of a question, as a share of it. */
export const HINT_PRICES = [0.1, 0.2, 0.3] as const;

export const LEVELS = ['not yet', 'a start', 'partly there', 'solid', 'excellent'] as const;

export type PointReport = {
  id: string;
  text: string;
  weight: number;
  verdict: 'covered' | 'partly' | 'missed' | 'contradicted';
  /** The person's own word for it: "I did say it". */
  isSelfAssessed: boolean;
  evidence: string;
};

export type ItemReport = {
  question: SpokenQuestion;
  round: Item['round'];
  isSkipped: boolean;
  /** 0 to 1, after the price of hints; follow-ups included. */
  score: number;
  /** The same with the points that the person ticked. */
  selfAssessed: number;
  hints: number;
  ms: number;
  points: PointReport[];
  redFlags: string[];
  followUps: FollowUpReport[];
};

/** A follow-up of the bank that was asked, what a right answer says, and whether it was recognised. */
export type FollowUpReport = { ask: string; expect: string; isWon: boolean };

export type Dimension = {
  name: 'Correctness' | 'Depth' | 'Trade-offs' | 'Communication';
  /** 0 to 4, or undefined when nothing in the interview showed it. */
  level: number | undefined;
  why: string;
};

export type Report = {
  items: ItemReport[];
  dimensions: Dimension[];
  /** 0 to 1 over all questions that were asked. */
  score: number;
  level: number;
  ms: number;
  hints: number;
  /** Answers that the optional judge graded, of all that were graded. */
  judged: { by: number; of: number };
  isTimed: boolean;
  isOverTime: boolean;
  chapters: { chapter: number; score: number }[];
  strongest?: number;
  weakest?: number;
};

/** Everything that an interview showed, worked out from its turns. */
export function buildReport(
  state: State,
  find: (id: string) => SpokenQuestion | undefined,
  endedAt: Date,
): Report {
  const items = state.items.flatMap((item) => {
    const question = find(item.questionId);
    return question ? [itemReport(item, question)] : [];
  });
  const score = mean(items.map((item) => item.score)) ?? 0;
  const chapters = chapterScores(items);
  const best = [...chapters].sort((a, b) => b.score - a.score);
  return {
    items,
    dimensions: dimensionsOf(state, items),
    score,
    level: levelOf(score),
    ms: items.reduce((sum, { ms }) => sum + ms, 0),
    hints: items.reduce((sum, { hints }) => sum + hints, 0),
    judged: judgedBy(state),
    isTimed: state.isTimed,
    isOverTime: state.isTimed && state.endsAt !== undefined && endedAt > state.endsAt,
    chapters,
    ...(best.length > 1 && best[0] ? { strongest: best[0].chapter } : {}),
    ...(best.length > 1 ? { weakest: best.at(-1)?.chapter ?? 0 } : {}),
  };
}

function judgedBy(state: State): Report['judged'] {
  const graded = state.items.flatMap(({ exchanges }) => exchanges.filter(({ grade }) => grade));
  return { by: graded.filter(({ by }) => by === 'judge').length, of: graded.length };
}

export const levelOf = (score: number) => Math.max(0, Math.min(4, Math.round(score * 4)));

/** One question with all that was said to it. */
export function itemReport(item: Item, question: SpokenQuestion): ItemReport {
  const soFar = pointsSoFar(item);
  const ticked = new Set(item.exchanges.flatMap((exchange) => exchange.ticked));
  const points = question.keyPoints.map((point): PointReport => {
    const found = soFar.get(point.id);
    const credit = found?.credit ?? 0;
    const isSelfAssessed = credit < 0.67 && ticked.has(point.id);
    return {
      id: point.id,
      text: point.text,
      weight: point.weight,
      verdict: found?.wasContradicted
        ? 'contradicted'
        : credit >= 0.67
          ? 'covered'
          : credit >= 0.33
            ? 'partly'
            : 'missed',
      isSelfAssessed,
      evidence: evidenceFor(item, point.id),
    };
  });
  const redFlags = item.exchanges.flatMap(
    ({ grade }) => grade?.redFlags.map(({ text }) => text) ?? [],
  );
  const price = HINT_PRICES.slice(0, item.hints).reduce((sum, each) => sum + each, 0);
  const score = itemScore(item, question);
  const earned = question.keyPoints
    .filter(({ id }) => points.some((point) => point.id === id && point.isSelfAssessed))
    .reduce((sum, { id, weight }) => sum + weight * (1 - (soFar.get(id)?.credit ?? 0)), 0);
  const after = (value: number) => Math.max(0, Math.min(1, value)) * (1 - price);
  return {
    question,
    round: item.round,
    isSkipped: item.isSkipped,
    score: after(score),
    selfAssessed: after(score + earned),
    hints: item.hints,
    ms: item.ms,
    points,
    redFlags: [...new Set(redFlags)],
    followUps: item.exchanges.flatMap((exchange) => {
      const { ask, expect, answer } = exchange;
      if (ask === undefined || expect === undefined || answer === undefined) return [];
      return [{ ask, expect, isWon: isWon(exchange) }];
    }),
  };
}

/** The first answer's grade, raised by what the follow-ups added at half their weight. */
function itemScore(item: Item, question: SpokenQuestion): number {
  const [first, ...later] = item.exchanges;
  const base = first?.grade?.score ?? 0;
  const best = pointsSoFar(item);
  const firstCredits = new Map(first?.grade?.points.map(({ id, credit }) => [id, credit]) ?? []);
  const pushed = new Map(later.map((exchange) => [exchange.point, reached(exchange)]));
  const added = question.keyPoints.reduce((sum, { id, weight }) => {
    const now = Math.max(best.get(id)?.credit ?? 0, pushed.get(id) ?? 0);
    return sum + weight * Math.max(0, now - (firstCredits.get(id) ?? 0));
  }, 0);
  const flagged = later.some(({ grade }) => (grade?.redFlags.length ?? 0) > 0) ? 0.1 : 0;
  return base + added * 0.5 - flagged;
}

function evidenceFor(item: Item, id: string): string {
  let best = { credit: 0, evidence: '' };
  for (const { grade } of item.exchanges) {
    const point = grade?.points.find((each) => each.id === id);
    if (point && point.credit > best.credit) best = point;
  }
  return best.evidence;
}

function chapterScores(items: readonly ItemReport[]): Report['chapters'] {
  const byChapter = new Map<number, number[]>();
  for (const { question, score } of items)
    byChapter.set(question.chapter, [...(byChapter.get(question.chapter) ?? []), score]);
  return [...byChapter]
    .map(([chapter, scores]) => ({ chapter, score: mean(scores) ?? 0 }))
    .sort((a, b) => a.chapter - b.chapter);
}

function dimensionsOf(state: State, items: readonly ItemReport[]): Dimension[] {
  const asked = items.filter(({ isSkipped }) => !isSkipped);
  const correctness = mean(items.map(({ score }) => score));
  return [
    {
      name: 'Correctness',
      level: correctness === undefined ? undefined : levelOf(correctness),
      why: correctnessOf(items),
    },
    depthOf(state, asked),
    tradeOffsOf(items),
    communicationOf(state),
  ];
}

function correctnessOf(items: readonly ItemReport[]): string {
  const points = items.flatMap((item) => item.points);
  const wrong = items.flatMap(({ redFlags }) => redFlags).length;
  const claims =
    wrong === 0 ? 'no wrong claim' : wrong === 1 ? 'one wrong claim' : `${wrong} wrong claims`;
  return `${count(points, 'covered')} of ${points.length} key points recognised, ${claims}.`;
}

const count = (points: readonly PointReport[], verdict: PointReport['verdict']) =>
  points.filter((point) => point.verdict === verdict).length;

/** How far the answers went when they were pushed; nothing to push is as good as it gets. */
function depthOf(state: State, asked: readonly ItemReport[]): Dimension {
  const probes = state.items.flatMap(({ exchanges }) => exchanges.slice(1));
  if (asked.length === 0)
    return { name: 'Depth', level: undefined, why: 'No question was answered.' };
  if (probes.length === 0)
    return { name: 'Depth', level: 4, why: 'The first answers left nothing to follow up.' };
  const won = probes.filter(isWon).length;
  return {
    name: 'Depth',
    level: levelOf(won / probes.length),
    why: `${won} of ${probes.length} follow-ups brought what they asked for.`,
  };
}

/** A claim that was asked about again is settled when the whole answer holds. */
function isWon(exchange: Exchange): boolean {
  const isAboutClaim = exchange.point?.startsWith('flag ');
  return isAboutClaim ? (exchange.grade?.score ?? 0) >= 0.5 : reached(exchange) >= 0.67;
}

function tradeOffsOf(items: readonly ItemReport[]): Dimension {
  const design = items.filter(
    ({ round, question }) => round === 'design' || question.format === 'scenario',
  );
  const score = mean(design.map((item) => item.score));
  return score === undefined
    ? { name: 'Trade-offs', level: undefined, why: 'No design question was asked.' }
    : {
        name: 'Trade-offs',
        level: levelOf(score),
        why: `From ${design.length === 1 ? 'the design question' : `${design.length} design questions`}.`,
      };
}

/** How it was said, apart from what: length, structure and hedging of the first answers. */
function communicationOf(state: State): Dimension {
  const answers = state.items.flatMap(({ exchanges }) =>
    exchanges[0]?.answer ? [exchanges[0].answer] : [],
  );
  if (answers.length === 0)
    return { name: 'Communication', level: undefined, why: 'No question was answered.' };
  const marks = answers.map(communicationMark);
  const notes: string[] = [];
  if (share(marks, ({ isShort }) => isShort) > 0.4) notes.push('several answers were very short');
  if (share(marks, ({ isLong }) => isLong) > 0.4)
    notes.push('several answers ran long: lead with the point');
  if (share(marks, ({ isHedged }) => isHedged) > 0.4)
    notes.push('much hedging ("maybe", "I think", "probably")');
  if (share(marks, ({ isStructured }) => isStructured) > 0.5)
    notes.push('a clear line of argument');
  const words = notes.join('; ') || 'clear enough to follow';
  return {
    name: 'Communication',
    level: levelOf(mean(marks.map(({ value }) => value)) ?? 0),
    why: `${words.charAt(0).toUpperCase()}${words.slice(1)}. Judged by form alone.`,
  };
}

function communicationMark(answer: string) {
  const words = answer.split(/\s+/).filter(Boolean).length;
  const isShort = words < 25;
  const isLong = words > 260;
  const hedges =
    answer.match(/\b(maybe|probably|perhaps|i think|i guess|kind of|sort of|not sure)\b/gi)
      ?.length ?? 0;
  const isHedged = hedges / Math.max(1, words) > 0.03;
  const isStructured =
    /\b(first|second|because|so that|therefore|for example|in short|then|whereas|trade-?off|on the other hand)\b/i.test(
      answer,
    ) && words > 30;
  const value =
    0.75 +
    (isStructured ? 0.25 : 0) -
    (isShort ? 0.35 : 0) -
    (isLong ? 0.2 : 0) -
    (isHedged ? 0.2 : 0);
  return { isShort, isLong, isHedged, isStructured, value };
}

function share<T>(list: readonly T[], holds: (item: T) => boolean): number {
  return list.filter(holds).length / list.length;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0
    ? undefined
    : values.reduce((sum, value) => sum + value, 0) / values.length;
}
