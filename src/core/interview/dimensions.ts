import { levelOf, mean } from '../grading/levels.ts';
import { type Brought, broughtBy } from './follow-up.ts';
import { type ItemReport, isHeard, type PointReport } from './item-report.ts';
import type { State } from './state.ts';

/** One view of an interview, its level and why. */
export type Dimension = {
  name: 'Correctness' | 'Depth' | 'Trade-offs' | 'Communication';
  /** 0 to 4, or undefined when nothing in the interview showed it. */
  level: number | undefined;
  why: string;
};

/** Four views of an interview from the questions that count; what could not be seen has no level. */
export function dimensionsOf(state: State, items: readonly ItemReport[]): Dimension[] {
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
    communicationOf(state, asked),
  ];
}

function correctnessOf(items: readonly ItemReport[]): string {
  const points = items.flatMap((item) => item.points);
  return `${heardIn(points)} of ${points.length} key points heard.`;
}

const heardIn = (points: readonly PointReport[]) => points.filter(isHeard).length;

/** How far the answers went when they were pushed, where that is sure; only an answer that has all needs no push. */
function depthOf(state: State, asked: readonly ItemReport[]): Dimension {
  const all = state.items.flatMap(({ exchanges }) =>
    exchanges.map((exchange, index) => ({ exchange, before: exchanges.slice(0, index) })).slice(1),
  );
  if (asked.length === 0)
    return { name: 'Depth', level: undefined, why: 'No question was answered.' };
  if (all.length === 0) return unprobed(asked);
  // Nobody fails what they decline: that is said, and the rest judged.
  const probes = all.filter(({ exchange }) => exchange.answer !== undefined);
  const left = leftOf(all.length - probes.length, all.length);
  if (probes.length === 0)
    return { name: 'Depth', level: undefined, why: `${left}, so there's nothing to rate.` };
  const brought = probes.map(({ exchange, before }) => broughtBy(exchange, before));
  const number = (what: Brought) => brought.filter((each) => each === what).length;
  const [won, part, unsure] = [number('all'), number('part'), number('unsure')];
  const sure = probes.length - unsure;
  return {
    name: 'Depth',
    level: sure === 0 ? undefined : levelOf((won + part / 2) / sure),
    why: sentences(
      sure > 0 &&
        `${won} of ${sure} follow-ups fully answered${part > 0 ? `, ${part} partly` : ''}`,
      unsure > 0 &&
        (sure > 0
          ? `I'm not sure about ${unsure} more`
          : `I'm not sure how well you answered the ${unsure === 1 ? 'follow-up' : 'follow-ups'}`),
      left,
    ),
  };
}

const sentences = (...parts: (string | false)[]): string =>
  parts.flatMap((part) => (part ? `${part}.` : [])).join(' ');

/** How many of the follow-ups were declined; nothing where none was. */
function leftOf(left: number, all: number): string {
  if (left === 0) return '';
  if (left < all) return `You skipped ${left} more`;
  const which =
    all === 1 ? 'the follow-up' : all === 2 ? 'both follow-ups' : `all ${all} follow-ups`;
  return `You skipped ${which}`;
}

function unprobed(asked: readonly ItemReport[]): Dimension {
  const whole = asked.filter(({ points }) => heardIn(points) === points.length).length;
  if (whole === 0) return { name: 'Depth', level: undefined, why: 'No follow-up was answered.' };
  return {
    name: 'Depth',
    level: levelOf(whole / asked.length),
    why:
      whole === asked.length
        ? 'Your first answers left nothing to follow up on.'
        : `${whole} of ${asked.length} first answers left nothing to follow up on.`,
  };
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
        why: `Based on ${design.length === 1 ? 'the design question' : `${design.length} design questions`}.`,
      };
}

/**
 * With a smaller share of the key points recognized there is no content whose form could be judged: fluent words about
 * nothing would be praised as a clear argument. Of the three to eight points of a question that is less than one of four.
 */
const ENOUGH_SAID = 0.25;

/** The share of key points that were recognized, those in part by half; the price of hints is left out. */
function recognizedShare(asked: readonly ItemReport[]): number {
  const points = asked.flatMap((item) => item.points);
  const partly = points.filter((point) => point.verdict === 'partly' && !isHeard(point)).length;
  return points.length === 0 ? 0 : (heardIn(points) + partly / 2) / points.length;
}

/** How it was said, apart from what: length, structure and hedging of the first answers. */
function communicationOf(state: State, asked: readonly ItemReport[]): Dimension {
  const answers = state.items.flatMap(({ exchanges }) =>
    exchanges[0]?.answer ? [exchanges[0].answer] : [],
  );
  if (answers.length === 0)
    return { name: 'Communication', level: undefined, why: 'No question was answered.' };
  if (recognizedShare(asked) < ENOUGH_SAID)
    return {
      name: 'Communication',
      level: undefined,
      why: 'Not rated: too few key points were heard.',
    };
  const marks = answers.map(communicationMark);
  const notes: string[] = [];
  if (share(marks, ({ isShort }) => isShort) > 0.4) notes.push('several answers were very short');
  if (share(marks, ({ isLong }) => isLong) > 0.4)
    notes.push('several answers ran long (lead with the point)');
  if (share(marks, ({ isHedged }) => isHedged) > 0.4)
    notes.push('a lot of hedging ("maybe," "I think," "probably")');
  if (share(marks, ({ isStructured }) => isStructured) > 0.5)
    notes.push('a clear line of argument');
  const words = notes.join(', ') || 'clear enough to follow';
  return {
    name: 'Communication',
    level: levelOf(mean(marks.map(({ value }) => value)) ?? 0),
    why: `${words.charAt(0).toUpperCase()}${words.slice(1)}. Rated on form only.`,
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
