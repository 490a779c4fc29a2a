import type { LintInput } from '../../../lab/bank-lint/rule.ts';
import type { Question } from '../../../src/core/questions/schema.ts';

type Of<F extends Question['format']> = Extract<Question, { format: F }>;

/** Seventy words in seven sentences that share nothing with another item's. */
const prose = (mark: string) =>
  Array.from({ length: 7 }, (_, row) =>
    Array.from({ length: 10 }, (_, place) => `${mark}${row}${place}`).join(' '),
  ).join('. ');

const shared = {
  version: 1,
  chapter: 1,
  topics: ['c1.10'],
  difficulty: 'medium' as const,
  explanation: '',
  references: [
    { title: 'A Paper', year: 2020, url: 'arXiv:1904.09751', where: 'section 3, equation 4' },
  ],
  hints: ['Think of one step.', 'Look at the division.', 'Compare two quotients.'] as [
    string,
    string,
    string,
  ],
  followUps: [
    { ask: 'What at zero?', expect: 'The largest wins.' },
    { ask: 'What at infinity?', expect: 'All are equal.' },
  ],
  related: ['chapter 2'],
  minutes: 2,
  seniority: 'junior' as const,
  reviewed: [{ by: 'blind reviewer', date: '2026-11-20', note: 'Medium: compares two effects.' }],
};

export const single: Of<'single'> = {
  ...shared,
  explanation: prose('single'),
  id: 'c1-temperature',
  format: 'single',
  prompt: 'A decoder divides its logits by 0.5. What happens to the next step?',
  options: [
    { text: 'Random noise joins', correct: false, why: 'x', misconception: 'claim 3' },
    { text: 'Top token gains', correct: true, why: 'x' },
    { text: 'Weights get smaller', correct: false, why: 'x', misconception: 'weights move' },
    { text: 'Order turns around', correct: false, why: 'x', misconception: 'claim 3' },
  ],
};

export const multi: Of<'multi'> = {
  ...shared,
  explanation: prose('multi'),
  id: 'c1-decoding-facts',
  format: 'multi',
  prompt: 'What holds for decoding by sampling? Select all that apply.',
  options: [
    { text: 'Seeds fix the draw', correct: true, why: 'x' },
    { text: 'Rare words occur', correct: true, why: 'x' },
    { text: 'Output is shorter', correct: false, why: 'x', misconception: 'shorter' },
    { text: 'Weights are updated', correct: false, why: 'x', misconception: 'training' },
  ],
};

export const numeric: Of<'numeric'> = {
  ...shared,
  explanation: prose('numeric'),
  id: 'c1-perplexity',
  format: 'numeric',
  prompt: 'A loss is 2 nats a token. How large is the perplexity?',
  answer: 7.389,
  unit: '',
  tolerance: { relative: 0.02 },
  slips: [
    { answer: 4, why: 'Base 2 instead of e.' },
    { answer: 2, why: 'The loss itself.' },
  ],
  working: 'e² = 7.389',
};

export const order: Of<'order'> = {
  ...shared,
  explanation: prose('order'),
  id: 'c1-sampling-order',
  format: 'order',
  prompt: 'Put the steps of sampling into order.',
  steps: ['Divide logits', 'Cut the tail', 'Normalize', 'Draw a token'].map((text) => ({
    text,
    why: 'x',
  })),
};

const freeText = {
  reviewBank: true as const,
  keyPoints: [
    point('sharp', 'A divisor below one sharpens', 0.4),
    point('rank', 'The ranking is kept', 0.4),
    point('draw', 'Randomness comes from the draw', 0.2),
  ],
  redFlags: [
    { text: 'Noise is added', phrasings: ['adds noise'] },
    { text: 'Weights change', phrasings: ['retrains weights'] },
  ],
  modelAnswer: '',
  levels: { weak: 'Names it.', solid: 'Explains it.', excellent: 'Derives it.' },
};

export const open: Of<'open'> = {
  ...shared,
  ...freeText,
  explanation: prose('open'),
  modelAnswer: prose('open-said'),
  id: 'c1-explain-temperature',
  format: 'open',
  prompt: 'Explain the knob that divides logits.',
  minutes: 3,
};

export const bug: Of<'bug'> = {
  ...shared,
  ...freeText,
  explanation: prose('bug'),
  modelAnswer: prose('bug-said'),
  id: 'c1-bug-temperature',
  format: 'bug',
  prompt: 'Which line of this sampler is at fault, and why?',
  code: 'z = model(x)\np = softmax(z * t)\nreturn draw(p)',
  faultLine: 2,
  keyPoints: [
    point('line', 'Second row', 0.4),
    point('why', 'It multiplies', 0.3),
    point('fix', 'Divide instead', 0.3),
  ],
};

export const scenario: Of<'scenario'> = {
  ...shared,
  ...freeText,
  explanation: prose('scenario'),
  modelAnswer: prose('scenario-said'),
  id: 'c1-case-drift',
  format: 'scenario',
  prompt: 'Answers drift after a release. Plan how you find the cause.',
  keyPoints: [
    point('a', 'Compare settings', 0.25),
    point('b', 'Replay a request', 0.25),
    point('c', 'Roll one part back', 0.25),
    point('d', 'Keep a test set', 0.25),
  ],
};

function point(id: string, text: string, weight: number) {
  return { id, text, weight, label: id, phrasings: [`${text} a`, `${text} b`, `${text} c`] };
}

/** A small syllabus with one sound item of each format. */
export const sound: LintInput = {
  questions: [single, multi, numeric, order, open, bug, scenario],
  chapters: [
    {
      number: 1,
      title: 'One',
      summary: 'One.',
      difficulty: 'easy',
      topics: [{ title: 'All', concepts: ['c1.10', 'c1.22'] }],
      crossReferences: [{ chapter: 2, about: 'what follows', concepts: ['c1.10'] }],
    },
    {
      number: 2,
      title: 'Two',
      summary: 'Two.',
      difficulty: 'easy',
      topics: [{ title: 'All', concepts: ['c2.01'] }],
      crossReferences: [],
    },
  ],
  paths: [{ id: 'a', title: 'A', for: 'All', summary: 'x', steps: [{ chapters: [1], goal: 'x' }] }],
  concepts: [
    { id: 'c1.10', title: 'Temperature' },
    { id: 'c1.22', title: 'Diffusion', volatile: true },
    { id: 'c2.01', title: 'Embeddings' },
  ],
  claims: [{ claim: 3, title: 'Ranking is kept' }],
  recentTopics: [{ title: 'Temperature', concepts: ['c1.10'] }],
  targets: [],
  today: '2026-11-25',
};

/** The sound bank with other items. */
export function bankOf(...questions: Question[]): LintInput {
  return { ...sound, questions };
}

/** A single whose option texts are given; the one that starts with "*" is right. */
export function choice(...texts: string[]): Of<'single'> {
  return {
    ...single,
    options: texts.map((text) => ({
      text: text.replace(/^\*/, ''),
      correct: text.startsWith('*'),
      why: 'x',
      misconception: 'x',
    })),
  };
}
