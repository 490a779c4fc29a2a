import type { Chapter } from '../core/catalog.ts';
import { letterOf, type ScoredQuestion } from '../core/questions/check-answer.ts';
import type { NumericQuestion, Question } from '../core/questions/schema.ts';
import { shuffled } from '../core/random.ts';
import { formatPoints, quarterPoints, SCORED_TRIES } from '../core/scoring/points.ts';
import type { Block, Button, Chart, Inline, Reply, Text } from './reply.ts';

/** What a card needs to know of a post. */
export type CardPost = { id: number; question: ScoredQuestion; closes: 'hours' | 'next' };

/** How long a question stays open when its schedule does not say otherwise. */
export const OPEN_HOURS = 23;

/** What everybody sees in the channel: no options, since their order is each person's own. */
export function dailyCard(post: CardPost, chapter?: Chapter): Reply {
  const { question } = post;
  const open = post.closes === 'next' ? 'until the next question comes' : `for ${OPEN_HOURS} hours`;
  return {
    title: 'Question of the day',
    blocks: [
      ...promptBlocks(question),
      {
        kind: 'buttons',
        buttons: [{ label: 'Answer', run: `answer ${post.id}`, style: 'primary' }],
      },
      {
        kind: 'note',
        text: `${labelOf(question, chapter)} · ${worth(question)} points · open ${open} · only you see your answer`,
      },
    ],
  };
}

/** The same card once its question is over. */
export function closedCard(post: CardPost, answered: number, chapter?: Chapter): Reply {
  return {
    title: 'Question of the day',
    blocks: [
      ...promptBlocks(post.question),
      { kind: 'buttons', buttons: [{ label: 'Practise it', run: `answer ${post.id}` }] },
      {
        kind: 'note',
        text: `${labelOf(post.question, chapter)} · closed · ${answered === 1 ? '1 person' : `${answered} people`} answered`,
      },
    ],
  };
}

export function withdrawnCard(question: Question, note: string): Reply {
  return {
    title: 'Question of the day (withdrawn)',
    blocks: [
      ...promptBlocks(question),
      { kind: 'note', text: `Withdrawn: ${note}. It counts for nobody.` },
    ],
  };
}

/** The question with its answers in one person's own order, for that person alone. */
export function answerCard({
  post,
  seed,
  next,
  hints,
  practice,
}: {
  post: CardPost;
  /** Fixes this person's order of options. */
  seed: string;
  /** The try that comes next, from 1. */
  next: number;
  /** Hints opened so far. */
  hints: number;
  /** Why nothing counts here, when nothing does. */
  practice?: string;
}): Reply {
  const { question } = post;
  const price = practice ?? priceOf(question, next, hints);
  return {
    title: next === 1 ? 'Your answer' : 'Second try',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...answerBlocks(post, seed, next),
      ...question.hints.slice(0, hints).map(
        (hint, index): Block => ({
          kind: 'text',
          text: [{ bold: `Hint ${index + 1}: ` }, hint],
        }),
      ),
      { kind: 'buttons', buttons: aidButtons(post, hints, practice !== undefined) },
      { kind: 'note', text: price },
    ],
  };
}

/** The options or steps in a person's order: letters of the item, shown as A, B, C. */
export function personalOrder(question: ScoredQuestion, seed: string): string[] {
  if (question.format === 'numeric') return [];
  const texts = question.format === 'order' ? question.steps : question.options;
  const letters = texts.map((_, index) => letterOf(index));
  // Numbers are read as a scale, so they stay in order.
  const numbers =
    question.format !== 'order' && texts.every(({ text }) => /^[≈~<>]?\s*[-+]?\d/.test(text));
  return numbers ? letters : shuffled(letters, seed);
}

/** The letter that is shown beside an option in this person's order. */
export const shownLetter = (index: number) => letterOf(index).toUpperCase();

function answerBlocks(post: CardPost, seed: string, next: number): Block[] {
  const { question, id } = post;
  if (question.format === 'numeric') {
    return [
      {
        kind: 'buttons',
        buttons: [
          {
            label: question.unit ? `Type the number (${question.unit})` : 'Type the number',
            run: `answer number post:${id} try:${next}`,
            style: 'primary',
          },
        ],
      },
      { kind: 'note', text: exactnessText(question) },
    ];
  }
  const order = personalOrder(question, seed);
  const texts = order.map((letter) => textOf(question, letter));
  const list: Block[] = texts.map((text, index) => ({
    kind: 'text',
    text: [{ bold: `${shownLetter(index)}  ` }, text],
  }));
  if (question.format === 'order') {
    const example = texts
      .map((_, index) => shownLetter(index))
      .reverse()
      .join('');
    return [
      ...list,
      {
        kind: 'buttons',
        buttons: [
          { label: 'Give the order', run: `answer order post:${id} try:${next}`, style: 'primary' },
        ],
      },
      { kind: 'note', text: `First step first, such as ${example}.` },
    ];
  }
  if (question.format === 'multi') {
    return [
      ...list,
      {
        kind: 'select',
        label: 'Choose all that apply',
        run: `answer post:${id} try:${next}`,
        option: 'choice',
        choices: order.map((letter, index) => ({
          // "A A cap on …" would be hard to read.
          label: cut(`${shownLetter(index)}. ${texts[index] ?? ''}`, 75),
          value: letter,
        })),
        min: 1,
        max: order.length,
      },
    ];
  }
  return [
    ...list,
    {
      kind: 'buttons',
      buttons: order.map(
        (letter, index): Button => ({
          label: shownLetter(index),
          run: `answer post:${id} try:${next} choice:${letter}`,
        }),
      ),
    },
  ];
}

/** How far off a number may be. */
export function exactnessText({ answer, tolerance }: NumericQuestion): string {
  if ('relative' in tolerance) return `Up to ${tolerance.relative * 100} % off counts as right.`;
  return Number.isInteger(answer) && tolerance.absolute < 0.5
    ? 'The exact number is asked for.'
    : `Up to ${tolerance.absolute} off counts as right.`;
}

function aidButtons({ id, question }: CardPost, hints: number, practice: boolean): Button[] {
  const buttons: Button[] = [];
  const after = (opened: number) =>
    quarterPoints({ difficulty: question.difficulty, share: 1, attempt: 1, hints: opened });
  if (hints < question.hints.length) {
    const price = after(hints + 1) < after(hints) ? ' (a quarter less)' : ' (costs nothing now)';
    buttons.push({
      label: practice ? 'Hint' : `Hint${price}`,
      run: `answer hint post:${id} number:${hints + 1}`,
    });
  }
  buttons.push({
    label: practice ? 'Show me' : 'Show me (ends scoring)',
    run: `answer reveal ${id}`,
  });
  return buttons;
}

/** After a wrong try that is not the last: why this answer is wrong, and nothing about the key. */
export function wrongCard({
  post,
  hints,
  chosen,
  why,
  share,
}: {
  post: CardPost;
  hints: number;
  chosen: string;
  why: string[];
  share: number;
}): Reply {
  return {
    title: share > 0 ? `Partly right: ${Math.round(share * 100)} %` : 'Not this one',
    visibility: 'private',
    update: true,
    blocks: [
      { kind: 'text', text: [{ bold: 'You said: ' }, chosen] },
      ...why.map((text): Block => ({ kind: 'text', text })),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Try again (half points)', run: `answer ${post.id}`, style: 'primary' },
          ...aidButtons(post, hints, false),
        ],
      },
      { kind: 'note', text: priceOf(post.question, 2, hints) },
    ],
  };
}

/** The key, why for every option, the source and the chapter. */
export function solutionBlocks(
  question: Question,
  chapter?: Chapter,
  { isNumbered = false }: { isNumbered?: boolean } = {},
): Block[] {
  return [
    ...keyBlocks(question, isNumbered),
    {
      kind: 'text',
      // After a model answer, a second long text needs a name of its own.
      text:
        'modelAnswer' in question
          ? [{ bold: 'In short: ' }, question.explanation]
          : question.explanation,
    },
    ...sourceBlocks(question, chapter),
  ];
}

/** Where an item comes from; nothing for a team's own that names no source and no chapter. */
export function sourceBlocks(question: Question, chapter?: Chapter): Block[] {
  const source = sourceText(question);
  if (source.length === 0 && !chapter) return [];
  const dot = source.length > 0 ? ' · ' : '';
  const text = [...source, chapter ? `${dot}Chapter ${chapter.number}: ${chapter.title}` : ''];
  return [{ kind: 'note', text }];
}

/** Empty for a team's own item that names none. */
function sourceText({ references }: Question): Inline[] {
  if (references.length === 0) return [];
  return [
    'Source: ',
    ...references.slice(0, 2).flatMap((reference, index): Inline[] => [
      index > 0 ? '; ' : '',
      {
        link: `${reference.title} (${reference.year})`,
        to: reference.url.replace(/^arXiv:/, 'https://arxiv.org/abs/'),
      },
      `, ${reference.where}`,
    ]),
  ];
}

function keyBlocks(question: Question, isNumbered: boolean): Block[] {
  switch (question.format) {
    case 'single':
    case 'multi':
      return question.options.map((option, index) => ({
        kind: 'text',
        text: [
          {
            bold: `${isNumbered ? `${index + 1}. ` : ''}${option.correct ? '✓ Right: ' : '✗ Wrong: '}`,
          },
          option.text,
          '. ',
          { italic: option.why },
        ],
      }));
    case 'numeric':
      return [
        { kind: 'text', text: [{ bold: 'Answer: ' }, numberText(question.answer, question.unit)] },
        { kind: 'text', text: [{ bold: 'Working: ' }, question.working] },
      ];
    case 'order':
      return question.steps.map((step, index) => ({
        kind: 'text',
        text: [{ bold: `${index + 1}. ` }, step.text, '. ', { italic: step.why }],
      }));
    default:
      return [{ kind: 'text', text: [{ bold: 'Model answer: ' }, question.modelAnswer] }];
  }
}

export function numberText(value: number, unit: string): string {
  const digits = Math.abs(value) >= 1000 ? 0 : 3;
  const shown =
    Math.abs(value) >= 1e15 || (Math.abs(value) < 1e-3 && value !== 0)
      ? value.toExponential(2)
      : value.toLocaleString('en', { maximumFractionDigits: digits });
  return unit ? `${shown} ${unit}` : shown;
}

export type AnswerCount = { answer: string; count: number; isRight: boolean };

/** After the close: the answer, who chose what, the tempting wrong option, two follow-ups. */
export function recapCard(
  question: ScoredQuestion,
  counts: readonly AnswerCount[],
  chapter?: Chapter,
): Reply {
  const answered = counts.reduce((sum, each) => sum + each.count, 0);
  const right = counts.filter((each) => each.isRight).reduce((sum, each) => sum + each.count, 0);
  const head: Text =
    answered === 0
      ? 'Nobody answered this one in time.'
      : `${right} of ${answered} had it right on the first try.`;
  const chart = distribution(question, counts);
  const tempting = temptingOption(question, counts);
  return {
    title: 'The answer',
    blocks: [
      { kind: 'text', text: head },
      ...(chart ? [chart] : []),
      ...solutionBlocks(question, chapter, { isNumbered: chart !== undefined }),
      ...(tempting
        ? [
            {
              kind: 'text',
              text: [{ bold: 'The tempting one: ' }, tempting.text, '. ', tempting.why],
            } satisfies Block,
          ]
        : []),
      ...question.followUps.slice(0, 2).map(
        (followUp): Block => ({
          kind: 'text',
          text: [{ bold: 'And then: ' }, followUp.ask, ' ', { italic: followUp.expect }],
        }),
      ),
    ],
  };
}

function distribution(question: ScoredQuestion, counts: readonly AnswerCount[]): Block | undefined {
  if (!('options' in question) || counts.length === 0) return undefined;
  const chosen = question.options.map((option, index) => ({
    // No letters: everybody saw the options in another order. Numbers, since some options begin alike.
    label: `${index + 1}. ${option.correct ? '✓ ' : ''}${cut(option.text, 40)}`,
    value: counts
      .filter((each) => each.answer.split(',').includes(letterOf(index)))
      .reduce((sum, each) => sum + each.count, 0),
  }));
  const chart: Chart = {
    shape: 'bars',
    title: 'First answers',
    unit: 'people',
    unitOfOne: 'person',
    bars: chosen.map(({ label, value }) => ({ label, segments: [{ label: 'people', value }] })),
  };
  return {
    kind: 'chart',
    chart,
    alt: `First answers: ${chosen.map(({ label, value }) => `${label}: ${value}`).join('; ')}`,
  };
}

function temptingOption(question: ScoredQuestion, counts: readonly AnswerCount[]) {
  if (!('options' in question)) return undefined;
  const wrong = question.options
    .map((option, index) => ({
      option,
      count: counts
        .filter((each) => each.answer.split(',').includes(letterOf(index)))
        .reduce((sum, each) => sum + each.count, 0),
    }))
    .filter(({ option, count }) => !option.correct && count > 0)
    .sort((a, b) => b.count - a.count)[0];
  return wrong?.option;
}

/** An answer in words: the options chosen, the steps in order, or the number. */
export function answerText(question: ScoredQuestion, answer: string): string {
  if (question.format === 'numeric')
    return question.unit && !/[a-z%]/i.test(answer) ? `${answer} ${question.unit}` : answer;
  const texts = answer.split(',').map((letter) => textOf(question, letter));
  return texts.join(question.format === 'order' ? ' → ' : '; ');
}

function textOf(question: ScoredQuestion, letter: string): string {
  const index = letter.charCodeAt(0) - 97;
  if (question.format === 'numeric') return letter;
  const list = question.format === 'order' ? question.steps : question.options;
  return list[index]?.text ?? letter;
}

/** The question itself with its code and the steps of a scenario, without answers. */
export function promptBlocks(question: Question): Block[] {
  const blocks: Block[] = [{ kind: 'text', text: question.prompt }];
  if ('code' in question && question.code) {
    const code = question.code.trimEnd();
    // An answer names the faulty line, and nobody should have to count.
    blocks.push({ kind: 'code', code: question.format === 'bug' ? numbered(code) : code });
  }
  if (question.format === 'scenario')
    for (const [index, step] of (question.steps ?? []).entries())
      blocks.push({ kind: 'text', text: `${index + 1}. ${step}` });
  return blocks;
}

function numbered(code: string): string {
  const lines = code.split('\n');
  const width = String(lines.length).length;
  return lines
    .map((line, index) => `${String(index + 1).padStart(width)}  ${line}`.trimEnd())
    .join('\n');
}

export function labelOf(question: Question, chapter?: Chapter): string {
  const difficulty = question.difficulty.charAt(0).toUpperCase() + question.difficulty.slice(1);
  return chapter ? `${difficulty} · ${chapter.title}` : difficulty;
}

function worth(question: ScoredQuestion): string {
  return formatPoints(
    quarterPoints({ difficulty: question.difficulty, share: 1, attempt: 1, hints: 0 }),
  );
}

function priceOf(question: ScoredQuestion, attempt: number, hints: number): string {
  const left = quarterPoints({ difficulty: question.difficulty, share: 1, attempt, hints });
  return `Worth ${formatPoints(left)} points now (try ${attempt} of ${SCORED_TRIES}${hints > 0 ? `, ${hints} ${hints === 1 ? 'hint' : 'hints'}` : ''}). Only you see this.`;
}

/** Ends at a word where it can. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const short = text.slice(0, length - 1);
  const space = short.lastIndexOf(' ');
  return `${space > length / 2 ? short.slice(0, space) : short}…`;
}

/** The state of a slot in words. */
export function formatState(post: {
  state: string;
  closedAt: Date | null;
  problem: string | null;
}): string {
  switch (post.state) {
    case 'posted':
      return post.closedAt ? 'closed' : 'open';
    case 'claimed':
      return 'being posted';
    case 'lost':
      return `sent, but not confirmed (${post.problem ?? 'no answer'})`;
    default:
      return post.problem ? `${post.state}: ${post.problem}` : post.state;
  }
}
