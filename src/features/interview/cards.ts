import type { Examiner } from '../../core/interview/examiner.ts';
import {
  answerGiven,
  askedCount,
  currentExchange,
  currentItem,
  HINT_PRICES,
  type InterviewPlan,
  isTried,
  nextHint,
  type State,
} from '../../core/interview/state.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut, promptBlocks } from '../../session/question-card.ts';
import type { Block, Button, Inline, Reply, Text } from '../../spine/reply.ts';
import { chosenLine } from './chosen.ts';
import { offerBlocks, offerButtons } from './examiner-words.ts';
import { retryMessage } from './retry-message.ts';

/** Where a card stands: the interview and how many turns had led on, so that a second press is known. */
export type CardAt = { interview: number; at: number };

/** A button that knows how far the interview was when it was shown. */
export const runAt = (command: string, { interview, at }: CardAt) =>
  `mock ${command} interview:${interview} at:${at}`;

/** From a question that is done to what comes after it. */
export const nextButton = (at: CardAt, isLast: boolean): Button => ({
  label: isLast ? 'See report' : 'Next question',
  run: runAt('go', at),
  style: 'primary',
});

/** From a question that is done to its model answer. */
export const modelButton = (number: number, { interview }: CardAt): Button => ({
  label: 'Show model answer',
  run: `mock model interview:${interview} item:${number}`,
});

/** A share from 0 to 1 as people read it. */
export const percent = (share: number) => `${Math.round(share * 100)}%`;

/**
 * What an interview begins with, in its room.
 *
 * @param typesAnswers See `PlatformFacts`.
 */
export function introCard(
  plan: InterviewPlan,
  at: CardAt,
  {
    typesAnswers = false,
    examiner,
  }: { typesAnswers?: boolean | undefined; examiner?: Examiner | undefined } = {},
): Reply {
  const feedback =
    plan.style === 'coaching' ? 'feedback after each question' : 'feedback only at the end';
  const chosen = chosenLine(plan.chosen ?? {});
  return {
    title: 'Mock interview',
    blocks: [
      {
        kind: 'text',
        text: [
          `${plan.questions.length === 1 ? '1 question' : `${plan.questions.length} questions`}, ${plan.minutes} minutes, ${feedback}. The timer starts when you select `,
          { bold: 'Start' },
          '. Select ',
          { bold: 'Pause' },
          ' to stop it, add time, or turn it off.',
        ],
      },
      ...(chosen ? [{ kind: 'text' as const, text: chosen }] : []),
      ...comesBack(plan),
      {
        kind: 'text',
        text: [
          ...(typesAnswers ? ['Enter your answer on one line.'] : HOW_TO_ANSWER),
          ` Hints cost ${HINT_PRICES.map(percent).join(', then ')} of a question.`,
        ],
      },
      ...offerBlocks(examiner),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Start', run: runAt('go', at), style: 'primary' },
          ...offerButtons(examiner, at),
          { label: 'Start without timer', run: `${runAt('time', at)} action:off` },
          { label: 'Cancel', run: runAt('end', at) },
        ],
      },
    ],
  };
}

function comesBack({ questions }: InterviewPlan): Block[] {
  const count = questions.filter(({ follows }) => follows !== undefined).length;
  if (count === 0) return [];
  const some = count === 1 ? '1 question comes' : `${count} questions come`;
  return [{ kind: 'text', text: `${some} back to points you missed in the last 7 days.` }];
}

const HOW_TO_ANSWER: readonly Inline[] = [
  'Select ',
  { bold: 'Answer' },
  ', or write a message and choose ',
  { bold: 'Use as my answer' },
  ' from its menu.',
];

/** What skipping a follow-up does: only an answer to it moves the score. */
const SKIPPING = "Skipping a follow-up doesn't lower your score.";

/**
 * The question or follow-up that awaits an answer.
 *
 * @param typesAnswers See `PlatformFacts`.
 */
export function askCard(
  state: State,
  question: FreeTextQuestion,
  at: CardAt,
  typesAnswers = false,
): Reply {
  const item = currentItem(state);
  const exchange = currentExchange(state);
  const number = state.items.length;
  const of = state.plan.questions.length;
  const isFollowUp = (exchange?.depth ?? 0) > 0;
  const blocks = [...givenBlocks(state), ...askedBlocks(state, question)];
  if (exchange?.unread) blocks.unshift({ kind: 'text', text: retryMessage(exchange, isFollowUp) });
  blocks.push({ kind: 'buttons', buttons: askButtons(state, isFollowUp, at) });
  if (isFollowUp) blocks.push({ kind: 'note', text: SKIPPING });
  if (!typesAnswers) blocks.push({ kind: 'note', text: HOW_TO_ANSWER });
  blocks.push({ kind: 'note', text: timeNote(state) });
  return {
    title: isFollowUp
      ? `Question ${number}, follow-up`
      : `Question ${number} of ${of}: ${item?.round ?? ''}`,
    blocks,
  };
}

/** What is asked now, with the hints that were opened. */
export function askedBlocks(state: State, question: FreeTextQuestion): Block[] {
  const exchange = currentExchange(state);
  const hints = question.hints.slice(0, currentItem(state)?.hints ?? 0);
  return [
    ...(exchange?.depth
      ? [{ kind: 'text', text: exchange.ask ?? '' } satisfies Block]
      : promptBlocks(question)),
    ...hints.map(
      (hint, index): Block => ({
        kind: 'text',
        text: [{ bold: `Hint ${index + 1}: ` }, currentItem(state)?.hintTexts?.[index + 1] ?? hint],
      }),
    ),
  ];
}

function askButtons(state: State, isFollowUp: boolean, at: CardAt): Button[] {
  const number = nextHint(state);
  const answer = `mock answer interview:${at.interview} asked:${askedCount(state)}`;
  return [
    { label: 'Answer', run: answer, style: 'primary' },
    ...(number === undefined
      ? []
      : [
          {
            label: `Hint (−${percent(HINT_PRICES[number - 1] ?? 0)})`,
            run: `${runAt('hint', at)} number:${number}`,
          },
        ]),
    { label: isFollowUp ? 'Skip follow-up' : 'Skip', run: runAt('skip', at) },
    ...backButtons(state, at),
    { label: 'Pause', run: runAt('pause', at) },
    { label: 'End', run: runAt('end', at) },
  ];
}

function timeNote(state: State): Text {
  if (!state.isTimed) return 'No timer.';
  return state.endsAt
    ? [
        'The timer ends at ',
        { time: state.endsAt, show: 'clock' },
        '. Pause to add time or turn it off.',
      ]
    : "The timer hasn't started.";
}

/** The last answer to the question, so that its writer sees what was sent. */
export function givenBlocks(state: State): Block[] {
  const answer = answerGiven(state);
  if (answer === undefined) return [];
  const words = answer.split(/\s+/).filter(Boolean).length;
  const title = `Your answer (${words === 1 ? '1 word' : `${words} words`}): `;
  return [{ kind: 'text', text: [{ bold: title }, cut(answer, 600)] }];
}

/** Takes the last answer to the question back, to be changed; none where there is none. */
export const backButtons = (state: State, at: CardAt): Button[] =>
  answerGiven(state) === undefined ? [] : [{ label: 'Change answer', run: runAt('back', at) }];

/** An answer is there that wasn't graded: the process stopped right after it came. */
export function answeredCard(state: State, at: CardAt): Reply {
  return {
    blocks: [
      ...givenBlocks(state),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Continue', run: runAt('go', at), style: 'primary' },
          ...backButtons(state, at),
        ],
      },
    ],
  };
}

/** The clock stands still until somebody resumes; here the timer can be changed while there is time. */
export function pausedCard(state: State, at: CardAt): Reply {
  return {
    title: 'Paused',
    blocks: [
      {
        kind: 'text',
        text: `${timeLeft(state)} Come back any time. After 7 days without activity, the interview ends and you get a report on what you answered.`,
      },
      {
        kind: 'buttons',
        buttons: [
          // Good on an older card too: it resumes what is paused and nothing else.
          { label: 'Resume', run: `mock resume interview:${at.interview}`, style: 'primary' },
          ...(state.endsAt ? timeButtons(at) : []),
          { label: 'End', run: runAt('end', at) },
        ],
      },
    ],
  };
}

function timeLeft({ endsAt, pausedAt, isTimed }: State): string {
  if (!isTimed) return 'There is no timer.';
  if (!endsAt || !pausedAt) return "The timer hasn't started.";
  const minutes = (endsAt.getTime() - pausedAt.getTime()) / 60_000;
  if (minutes <= 0) return "Time's up.";
  if (minutes < 1) return 'Less than 1 minute left.';
  return Math.floor(minutes) === 1 ? '1 minute left.' : `${Math.floor(minutes)} minutes left.`;
}

const timeButtons = (at: CardAt): Button[] => [
  { label: 'Add 10 minutes', run: `${runAt('time', at)} action:extend` },
  { label: 'Turn off timer', run: `${runAt('time', at)} action:off` },
];

/**
 * Asks before an interview that has begun is ended, which nothing takes back.
 *
 * @param isOld It has gone on since the button was shown.
 */
export function askEnd({ items }: State, at: CardAt, isOld: boolean): Reply {
  const since = isOld ? 'The interview has moved on since this button was shown. ' : '';
  const after = items.some(isTried)
    ? "You'll get a report on what you answered."
    : "There won't be a report.";
  return {
    title: 'End the interview?',
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: `${since}You can't resume an ended interview. ${after} To keep going, ignore this message.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'End interview', run: `${runAt('end', at)} confirm:yes`, style: 'danger' },
        ],
      },
    ],
  };
}

/** The time has run out between two questions: three ways on. */
export function timeOverCard(at: CardAt): Reply {
  return {
    title: "Time's up",
    blocks: [
      {
        kind: 'text',
        text: "Finish now and get your report, add 10 minutes, or continue without a timer. An untimed interview is labeled in the report, and your score isn't affected.",
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'See report', run: `${runAt('end', at)} confirm:yes`, style: 'primary' },
          ...timeButtons(at),
        ],
      },
    ],
  };
}
