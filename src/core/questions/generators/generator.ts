import type { Gpu } from '../../calculators/hardware/gpu.ts';
import type { Model } from '../../calculators/models/model-schema.ts';
import type { Slip } from '../../calculators/result.ts';
import { type Random, randomFrom } from '../../random.ts';
import {
  drawPlace,
  evenSlips,
  firstDrawingsPlace,
  hasPlace,
  MIN_SLIPS,
  slipsAround,
  unrelatedSlips,
  withPairs,
} from '../option-places.ts';
import type { ChoiceQuestion, Difficulty, NumericQuestion, Question } from '../schema.ts';
import { numbersIn } from '../text-tokens.ts';
import { type Drawing, drawnId, isToken, seedToken } from './drawn.ts';
import { exact, rounded, shown } from './numbers.ts';

/** A question with numbers of its own: typed or chosen. */
export type DrawnQuestion = NumericQuestion | ChoiceQuestion;

/** What the kinds know of the world: the shapes and cards that stand in `data/`. */
export type Facts = { models: readonly Model[]; gpus: readonly Gpu[] };

/** One draw before it is checked: everything in the unit of its kind. */
export type Draft = {
  prompt: string;
  answer: number;
  slips: readonly Slip[];
  /** Slips that came with the second drawing. */
  newSlips?: readonly Slip[];
  /** Slips that came with the fourth drawing; in the fifth they take the place of the ones above. */
  latestSlips?: readonly Slip[];
  /** The calculation with the numbers put in, up to the equals sign. */
  working: string;
};

/** What all draws of one kind share, and how a draw is made. */
export type Kind = Pick<
  Question,
  'chapter' | 'topics' | 'minutes' | 'seniority' | 'hints' | 'followUps' | 'references' | 'related'
> & {
  id: string;
  difficulty: Difficulty;
  format: 'numeric' | 'single';
  /** Its slips are factors, and no pattern of ratios tells the answer from other draws: the fifth drawing. */
  isEven?: true;
  /** Its slips are factors, so that two together make another one in the fourth drawing. */
  hasFactors?: true;
  /** Which formula computes the answer: its function, or the calculator. */
  formula: string;
  unit: string;
  accepts?: NumericQuestion['accepts'];
  /** Share of the answer that still counts as right; 0.02 when left out, 0.1 for estimates. */
  tolerance?: number;
  /** Why the answer is what it is, in words; the numbers of a draw are added. */
  idea: string;
  /** Items of the bank that ask the same with other numbers. */
  enemyOf?: readonly string[];
  /** Kinds that ask about public models or cards cannot draw without them. */
  needs?: readonly (keyof Facts)[];
  /** Undefined when these numbers make no question. */
  draft(random: Random, facts: Facts): Draft | undefined;
};

/** Draws as many questions of one kind as there are seeds. */
export type Generator = Pick<
  Kind,
  'id' | 'chapter' | 'topics' | 'difficulty' | 'format' | 'enemyOf'
> & {
  formula: string;
  /** The same seed gives the same question; new ones come from the latest drawing. */
  draw(seed: string, drawing?: Drawing): DrawnQuestion;
};

/** Two numbers that a person could take for each other lie less than this factor apart. */
const APART = 1.1;
const LEAST = 0.1;
const MOST = 1e7;
const MAX_DRAFTS = 2000;
/** Some numbers allow no place; after so many drafts any place will do. */
const PLACE_DRAFTS = 200;
const SLIPS_SAID = 2;

/** A generator of a kind over the facts it asks about. */
export function createGenerator(kind: Kind, facts: Facts): Generator {
  const { id, chapter, topics, difficulty, format, formula, enemyOf = [] } = kind;
  return {
    id,
    chapter,
    topics,
    difficulty,
    format,
    formula,
    enemyOf,
    draw(given, drawing = latestDrawing(kind)) {
      const seed = isToken(given) ? given : seedToken(given);
      const name = drawing === 1 ? `${id} ${seed}` : `${id} ${drawing} ${seed}`;
      const place = drawPlace(`${name} place`);
      for (let round = 0; round < MAX_DRAFTS; round += 1) {
        const draft = kind.draft(randomFrom(`${name} ${round}`), facts);
        const settled = draft && settle(kind, draft, drawing);
        if (!settled) continue;
        const { answer, slips } = settled;
        const about = { id: drawnId(id, seed, drawing), ...settled };
        if (format === 'numeric') return numericOf(kind, about);
        if (drawing === 1) {
          const placed = firstDrawingsPlace(answer, slips, name);
          return choiceOf(kind, { ...about, slips: slipsAround(placed, answer, slips, name) });
        }
        if (drawing >= 3) {
          const all = kind.hasFactors ? withPairs(answer, slips) : slips;
          const at = round < PLACE_DRAFTS ? place : undefined;
          const chosen =
            drawing === 4
              ? unrelatedSlips(at, answer, all, name)
              : evenSlips(answer, slips, name, drawing === 3);
          if (chosen) return choiceOf(kind, { ...about, slips: chosen.map(roundedSlip) });
          continue;
        }
        // The place is drawn before the numbers, so these are drawn until their slips allow it.
        if (hasPlace(place, answer, slips))
          return choiceOf(kind, { ...about, slips: slipsAround(place, answer, slips, name) });
      }
      throw new RangeError(`${id} finds no numbers for the seed ${seed}`);
    },
  };
}

function latestDrawing({ isEven, format }: Kind): Drawing {
  if (isEven) return 5;
  return format === 'single' ? 4 : 2;
}

/** A draft with rounded numbers, all of them apart; undefined when it makes no question. */
function settle(kind: Kind, draft: Draft, drawing: Drawing): Draft | undefined {
  const answer = rounded(draft.answer);
  if (!(answer >= LEAST && answer <= MOST)) return undefined;
  // A number copied from the question must not count as an answer.
  const said = [draft.prompt, ...kind.hints].flatMap(numbersIn);
  const near = toleranceOf(kind) * answer;
  if (said.some((number) => Math.abs(number - answer) <= near)) return undefined;
  // Slips must also lie outside what counts as right.
  const gap = Math.max(APART, 1 + 2 * toleranceOf(kind));
  const slips: Slip[] = [];
  const possible = [
    ...draft.slips,
    ...(drawing > 1 && !(drawing === 5 && draft.latestSlips) ? (draft.newSlips ?? []) : []),
    ...(drawing > 3 ? (draft.latestSlips ?? []) : []),
  ];
  for (const slip of possible) {
    const value = rounded(slip.value);
    const isNew =
      value > 0 &&
      Number.isFinite(value) &&
      isApart(value, answer, gap) &&
      slips.every((other) => isApart(value, other.value, APART));
    if (isNew) slips.push({ ...slip, value });
  }
  return slips.length < MIN_SLIPS ? undefined : { ...draft, answer, slips };
}

const roundedSlip = (slip: Slip): Slip => ({ ...slip, value: rounded(slip.value) });

function isApart(one: number, other: number, gap: number): boolean {
  return Math.max(one, other) / Math.min(one, other) >= gap;
}

const toleranceOf = ({ tolerance = 0.02 }: Kind) => tolerance;

/** A draft that makes a question, under its id. */
type Drawn = Draft & { id: string };

function sharedOf(kind: Kind, { id, prompt }: Drawn) {
  const { chapter, topics, difficulty, hints, followUps, references, related } = kind;
  const { minutes, seniority } = kind;
  const about = { references, hints, followUps, related, minutes, seniority, reviewed: [] };
  return { id, version: 1, chapter, topics, difficulty, prompt, ...about };
}

const workingOf = (kind: Kind, { working, answer }: Draft) =>
  `${working} = ${withUnit(answer, kind)}.`;

function choiceOf(kind: Kind, drawn: Drawn): ChoiceQuestion {
  return {
    ...sharedOf(kind, drawn),
    format: 'single',
    explanation: `${kind.idea} Here: ${workingOf(kind, drawn)}`,
    options: optionsOf(kind, drawn.answer, drawn.slips),
  };
}

function numericOf(kind: Kind, drawn: Drawn): NumericQuestion {
  return {
    ...sharedOf(kind, drawn),
    format: 'numeric',
    explanation: `${kind.idea} ${formatCommonMistakes(kind, drawn)}`,
    answer: drawn.answer,
    unit: kind.unit,
    tolerance: { relative: toleranceOf(kind) },
    ...(kind.accepts ? { accepts: kind.accepts } : {}),
    slips: drawn.slips.map(({ value, why }) => ({
      answer: value,
      why: `It looks like you ${why}.`,
    })),
    working: workingOf(kind, drawn),
  };
}

/** The answer among three slips, in ascending order. */
function optionsOf(kind: Kind, answer: number, slips: readonly Slip[]): ChoiceQuestion['options'] {
  const wrong = slips.map(({ id, value, why }) => ({
    value,
    option: {
      text: withUnit(value, kind),
      correct: false,
      why: `That's what you get if you ${why}.`,
      misconception: id.replaceAll('-', ' '),
    },
  }));
  const right = {
    value: answer,
    option: { text: withUnit(answer, kind), correct: true, why: "That's what the formula gives." },
  };
  return [...wrong, right].sort((a, b) => a.value - b.value).map(({ option }) => option);
}

/** The slips nearest to the answer: the ones that are hardest to notice. */
function formatCommonMistakes(kind: Kind, { answer, slips }: Draft): string {
  const distance = (value: number) => Math.abs(Math.log(value / answer));
  return [...slips]
    .sort((a, b) => distance(a.value) - distance(b.value))
    .slice(0, SLIPS_SAID)
    .map(({ value, why }) => `You get ${withUnit(value, kind)} if you ${why}.`)
    .join(' ');
}

function withUnit(value: number, { unit }: Kind): string {
  const number = Number.isInteger(value) ? exact(value) : shown(value);
  if (unit === '%') return `${number}%`;
  if (number === '1') return `1 ${unit.replace(/(?<=\w{3})s$/, '')}`.trim();
  return unit ? `${number} ${unit}` : number;
}
