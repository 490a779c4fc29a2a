import { HINT_PRICES } from '../../core/interview/item-report.ts';
import {
  askedCount,
  currentExchange,
  currentItem,
  type InterviewPlan,
  isTried,
  type State,
} from '../../core/interview/state.ts';
import type { SpokenQuestion } from '../../core/questions/schema.ts';
import { cut, promptBlocks } from '../bank/question-card.ts';
import type { Block, Button, Reply, Text } from '../reply.ts';
import { chosenLine } from './chosen.ts';
import { retryMessage } from './retry-message.ts';

/** Where a card stands: the interview and how many turns had led on, so that a second press is known. */
export type CardAt = { interview: number; at: number };

/** A button that knows how far the interview was when it was shown. */
export const runAt = (command: string, { interview, at }: CardAt) =>
  `mock ${command} interview:${interview} at:${at}`;

/** From a question that is done to what comes after it. */
export const nextButton = (at: CardAt, isLast: boolean): Button => ({
  label: isLast ? 'See the report' : 'Next question',
  run: runAt('go', at),
  style: 'primary',
});

/** A share from 0 to 1 as people read it. */
export const percent = (share: number) => `${Math.round(share * 100)} %`;

/**
 * What an interview begins with, in its room.
 *
 * @param typesAnswers See `PlatformFacts`.
 */
export function introCard(plan: InterviewPlan, at: CardAt, typesAnswers = false): Reply {
  const feedback =
    plan.style === 'coaching'
      ? 'After each question you hear what was recognised and what was not.'
      : 'There is no feedback before the end, as in a real interview.';
  const chosen = chosenLine(plan.chosen ?? {});
  return {
    title: 'Mock interview',
    blocks: [
      {
        kind: 'text',
        text: `${plan.questions.length === 1 ? 'One question' : `${plan.questions.length} questions`} in ${plan.minutes} minutes. ${feedback} Take your time to think; the clock starts when you press Begin. Pause stops it; in a pause you can also extend the time or switch the timer off.`,
      },
      ...(chosen ? [{ kind: 'text' as const, text: chosen }] : []),
      {
        kind: 'text',
        text: `${typesAnswers ? 'Type your answer as one line.' : 'Answer with the button, or write a message and choose "Use as my answer" on it.'} Hints cost ${HINT_PRICES.map(percent).join(', then ')} of a question.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Begin', run: runAt('go', at), style: 'primary' },
          { label: 'Begin untimed', run: `${runAt('time', at)} action:off` },
          { label: 'Not now', run: runAt('end', at) },
        ],
      },
    ],
  };
}

/** What leaving a follow-up does: only an answer to it moves the score. */
const LEAVING = 'Leaving it takes nothing off.';

/** The question or follow-up that awaits an answer. */
export function askCard(state: State, question: SpokenQuestion, at: CardAt): Reply {
  const item = currentItem(state);
  const exchange = currentExchange(state);
  const number = state.items.length;
  const of = state.plan.questions.length;
  const isFollowUp = (exchange?.depth ?? 0) > 0;
  const blocks: Block[] = isFollowUp
    ? [{ kind: 'text', text: exchange?.ask ?? '' }]
    : promptBlocks(question);
  if (exchange?.unread)
    blocks.unshift({ kind: 'text', text: retryMessage(exchange.unread, isFollowUp) });
  for (const [index, hint] of question.hints.slice(0, item?.hints ?? 0).entries())
    blocks.push({ kind: 'text', text: [{ bold: `Hint ${index + 1}: ` }, hint] });
  blocks.push({ kind: 'buttons', buttons: askButtons(state, isFollowUp, at) });
  if (isFollowUp) blocks.push({ kind: 'note', text: LEAVING });
  blocks.push({ kind: 'note', text: timeNote(state) });
  return {
    title: isFollowUp
      ? `Question ${number}, follow-up`
      : `Question ${number} of ${of}: ${item?.round ?? ''}`,
    blocks,
  };
}

function askButtons(state: State, isFollowUp: boolean, at: CardAt): Button[] {
  const hints = currentItem(state)?.hints ?? 0;
  const price = HINT_PRICES[hints];
  const answer = `mock answer interview:${at.interview} asked:${askedCount(state)}`;
  return [
    { label: 'Answer', run: answer, style: 'primary' },
    ...(price !== undefined && !isFollowUp
      ? [
          {
            label: `Hint (costs ${percent(price)})`,
            run: `${runAt('hint', at)} number:${hints + 1}`,
          },
        ]
      : []),
    { label: isFollowUp ? 'Leave it' : 'Skip', run: runAt('skip', at) },
    { label: 'Pause', run: runAt('pause', at) },
    { label: 'End', run: runAt('end', at) },
  ];
}

function timeNote(state: State): Text {
  if (!state.isTimed) return 'No timer.';
  return state.endsAt
    ? [
        'The time ends ',
        { time: state.endsAt, show: 'clock' },
        '. Pause to extend it or switch it off.',
      ]
    : 'The clock has not started.';
}

/** An answer is there and can still be taken back. */
export function answeredCard(state: State, at: CardAt): Reply {
  const answer = currentExchange(state)?.answer ?? '';
  const words = answer.split(/\s+/).filter(Boolean).length;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { bold: `Your answer, ${words === 1 ? 'one word' : `${words} words`}: ` },
          cut(answer, 600),
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Go on', run: runAt('go', at), style: 'primary' },
          { label: 'Take it back', run: runAt('back', at) },
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
        text: `The clock stands still. ${timeLeft(state)} Come back whenever you like; after a week without a word the interview closes with a report of what there is.`,
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
  if (!endsAt || !pausedAt) return 'The time has not begun.';
  const minutes = (endsAt.getTime() - pausedAt.getTime()) / 60_000;
  if (minutes <= 0) return 'The time is over.';
  if (minutes < 1) return 'Less than a minute is left.';
  return Math.floor(minutes) === 1
    ? 'One minute is left.'
    : `${Math.floor(minutes)} minutes are left.`;
}

const timeButtons = (at: CardAt): Button[] => [
  { label: 'Ten more minutes', run: `${runAt('time', at)} action:extend` },
  { label: 'No timer', run: `${runAt('time', at)} action:off` },
];

/**
 * Asks before an interview that has begun is ended, which nothing takes back.
 *
 * @param isOld It has gone on since the button was shown.
 */
export function askEnd({ items }: State, at: CardAt, isOld: boolean): Reply {
  const since = isOld ? 'The interview has gone on since this button was shown. ' : '';
  const after = items.some(isTried)
    ? 'the report of what there is comes next'
    : 'there is no report, since nothing was answered yet';
  return {
    title: 'End the interview?',
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: `${since}It cannot be resumed afterwards: nothing more is asked, and ${after}. To go on, leave this be.`,
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'End it', run: `${runAt('end', at)} confirm:yes`, style: 'danger' }],
      },
    ],
  };
}

/** The time has run out between two questions: three ways on. */
export function timeOverCard(at: CardAt): Reply {
  return {
    title: 'The time is over',
    blocks: [
      {
        kind: 'text',
        text: 'You can stop here with a report, take ten more minutes, or go on without a timer (the report then says untimed, and nothing is held against you).',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'See the report', run: `${runAt('end', at)} confirm:yes`, style: 'primary' },
          ...timeButtons(at),
        ],
      },
    ],
  };
}
