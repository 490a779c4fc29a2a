import type { Chapter } from '../../core/catalog.ts';
import { GRACE_MS, HOST_WAIT_MS, type LiveSettings, stepOf } from '../../core/live/round.ts';
import { type LiveCount, rightShare, takersOf } from '../../core/live/standings.ts';
import { letterOf } from '../../core/questions/check-answer.ts';
import type { ChoiceQuestion } from '../../core/questions/schema.ts';
import { answerBlocks, personalOrder } from '../../session/answer-card.ts';
import { cut, labelOf, promptBlocks, shownLetter } from '../../session/question-card.ts';
import { roomBlocks } from '../../session/result-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Button, Inline, Reply } from '../../spine/reply.ts';
import type { LiveQuestion, LiveRound } from '../../store/schema.ts';
import type { LiveTally } from './queries/tally.ts';
import { countOf, peopleText, standingsBlocks } from './standings.ts';

/** A round with its present question, as cards show it. */
export type Shown = { round: LiveRound; question: LiveQuestion; chapter?: Chapter | undefined };

const GRACE_SECONDS = GRACE_MS / 1000;
const WAIT_MINUTES = HOST_WAIT_MS / 60_000;

/** A button that moves a round on from where its card shows it. */
export const hostButton = (round: LiveRound, verb: string, label: string): Button => ({
  label,
  run: runLine(`live ${verb}`, { round: round.id, at: stepOf(round) }),
});

/** A button that belongs to a round wherever it is. */
export const roundButton = (
  { id }: Pick<LiveRound, 'id'>,
  verb: string,
  label: string,
): Button => ({
  label,
  run: runLine(`live ${verb}`, { round: id }),
});

/** In the order of the options that everybody sees in this round. */
export const orderIn = ({ roundId, number, question }: LiveQuestion) =>
  personalOrder(question, `live ${roundId} ${number}`);

/** Letters as they are shown, such as "A and C", of an answer in the item's own letters. */
export function shownAnswer(question: LiveQuestion, choice: string): string {
  const order = orderIn(question);
  return choice
    .split(',')
    .map((letter) => shownLetter(order.indexOf(letter)))
    .sort()
    .join(', ');
}

/** How a round is played, in words. */
export function settingsText({ count, seconds }: LiveSettings): string {
  return `${countOf(count, 'question')}, ${seconds === null ? 'no timer' : `${seconds} seconds each`}`;
}

/** Before the first question. */
export function lobbyCard(round: LiveRound, host: string, chapter?: Chapter): Reply {
  const { difficulty } = round.settings;
  const scope = [
    ...(difficulty ? [`${difficulty.charAt(0).toUpperCase()}${difficulty.slice(1)}`] : []),
    ...(chapter ? [chapter.title] : []),
  ].join(' · ');
  return {
    title: 'Live round',
    blocks: [
      {
        kind: 'text',
        text: `A live round of ${settingsText(round.settings)}. Host: ${host}.`,
      },
      ...(scope ? [{ kind: 'text', text: scope } satisfies Block] : []),
      {
        kind: 'text',
        text: "Everyone answers in private. Only correct answers count, speed doesn't. You can still join at any question.",
      },
      {
        kind: 'buttons',
        buttons: [
          { ...roundButton(round, 'join', 'Join'), style: 'primary' },
          hostButton(round, 'next', 'Start round'),
        ],
      },
      {
        kind: 'note',
        text: `The host or an admin starts it. It ends if no one does within ${WAIT_MINUTES} minutes. No leaderboard points: the questions come back in your review.`,
      },
    ],
  };
}

/** The same card once the round began, or was called off. */
export function leftLobbyCard(round: LiveRound): Reply {
  const isOver = round.position === 0;
  return {
    title: 'Live round',
    blocks: [
      {
        kind: 'text',
        text: isOver
          ? 'This live round ended before its first question.'
          : 'This live round has started. Its questions are below.',
      },
      ...(isOver
        ? [{ kind: 'buttons', buttons: [{ label: 'New round', run: 'live' }] } satisfies Block]
        : []),
    ],
  };
}

/**
 * An open question with its options. It is not edited while it is open, but for a pause: what somebody is choosing in
 * a menu would be lost.
 */
export function questionCard(
  { round, question, chapter }: Shown,
  { bell, isReopened = false }: { bell?: Date | undefined; isReopened?: boolean | undefined } = {},
): Reply {
  const isPaused = round.leftMs !== null;
  return {
    title: titleOf({ round, question }, isPaused ? ' (paused)' : ''),
    blocks: [
      ...(isReopened
        ? [
            {
              kind: 'text',
              text: 'I was restarted, so this question is open a little longer. Answers I confirmed are kept.',
            } satisfies Block,
          ]
        : []),
      ...askBlocks(question),
      {
        kind: 'buttons',
        buttons: [
          hostButton(round, 'next', 'Close question'),
          ...(isPaused ? [hostButton(round, 'resume', 'Continue')] : []),
          ...(bell && !isPaused ? [hostButton(round, 'pause', 'Pause')] : []),
        ],
      },
      {
        kind: 'note',
        text: [
          `${labelOf(question.question, chapter)} · `,
          ...openText(isPaused, bell),
          ' Only you see your answer. You can change it until then: the last one counts.',
        ],
      },
    ],
  };
}

function openText(isPaused: boolean, bell: Date | undefined): Inline[] {
  if (isPaused) return ['The timer is paused, and you can still answer.'];
  if (!bell) return ['Open until the host closes it.'];
  return [
    'Closes ',
    { time: bell, show: 'relative' },
    `, and I accept answers for ${GRACE_SECONDS} seconds more.`,
  ];
}

/** The question with the ways to answer it. */
export function askBlocks(question: LiveQuestion): Block[] {
  const run = runLine('live answer', { round: question.roundId, question: question.number });
  return [
    ...promptBlocks(question.question),
    ...answerBlocks(question.question, orderIn(question), { choose: run, number: run, order: run }),
  ];
}

/** The card of a question that is closed: the solution stands under it. */
export function closedCard({ round, question, chapter }: Shown, answered: number): Reply {
  const order = orderIn(question);
  return {
    title: titleOf({ round, question }, ' (closed)'),
    blocks: [
      ...promptBlocks(question.question),
      ...order.map((letter, index): Block => {
        const option = optionOf(question.question, letter);
        return {
          kind: 'text',
          text: [{ bold: `${shownLetter(index)}  ` }, option?.text ?? ''],
        };
      }),
      {
        kind: 'note',
        text: `${labelOf(question.question, chapter)} · Closed · ${peopleText(answered)} answered`,
      },
    ],
  };
}

/** After the close of a question: who chose what, the key and the most common mistake, and the standings, which the last question leaves to the result. */
export function solutionCard({ round, question }: Shown, tally: LiveTally): Reply {
  const { right, answered } = rightShare(tally.counts);
  return {
    title: `Solution to question ${question.number} of ${round.settings.count}`,
    blocks: [
      {
        kind: 'text',
        text:
          answered === 0
            ? 'No one answered.'
            : `${right} of ${answered} answered correctly. Chosen: ${takersText(question, tally.counts)}.`,
      },
      ...roomBlocks(question.question, {
        order: orderIn(question),
        takersOf: (letter) => takersOf(letter, tally.counts),
      }),
      ...(round.state === 'break' ? standingsBlocks(tally, round.position) : []),
      {
        kind: 'buttons',
        buttons: [
          ...(round.state === 'break' ? breakButtons(round) : []),
          {
            label: 'Explain more',
            run: `question show id:${question.question.id} answer:yes`,
          },
        ],
      },
      ...(round.state === 'break' ? [{ kind: 'note', text: nextText(round) } satisfies Block] : []),
    ],
  };
}

/** How many people chose each option that somebody chose, as `A 1, C 4`. */
const takersText = (question: LiveQuestion, counts: readonly LiveCount[]) =>
  orderIn(question)
    .map((letter, index) => ({ seen: shownLetter(index), count: takersOf(letter, counts) }))
    .flatMap(({ seen, count }) => (count > 0 ? [`${seen} ${count}`] : []))
    .join(', ');

function optionOf({ options }: ChoiceQuestion, letter: string) {
  return options.find((_, index) => letterOf(index) === letter);
}

function breakButtons(round: LiveRound): Button[] {
  const isPaused = round.leftMs !== null;
  return [
    roundButton(round, 'place', 'My place'),
    hostButton(round, 'next', 'Next question'),
    ...(isPaused ? [hostButton(round, 'resume', 'Continue')] : []),
    ...(round.settings.seconds !== null && !isPaused ? [hostButton(round, 'pause', 'Pause')] : []),
    roundButton(round, 'end', 'End round'),
  ];
}

function nextText(round: LiveRound): Inline[] {
  if (round.leftMs !== null)
    return [`Paused. It ends if no one continues within ${WAIT_MINUTES} minutes.`];
  if (round.settings.seconds === null)
    return [
      `The host asks the next question. The round ends if no one does within ${WAIT_MINUTES} minutes.`,
    ];
  return ['Next question ', { time: round.dueAt, show: 'relative' }, '.'];
}

/** The end: winners, standings, the question that most people missed, and how to go on. */
export function resultCard(round: LiveRound, tally: LiveTally, why?: string): Reply {
  return {
    title: 'Live round: results',
    blocks: [
      ...(why ? [{ kind: 'text', text: why } satisfies Block] : []),
      ...standingsBlocks(tally, round.position, { hasWinners: true }),
      ...mostMissedBlocks(tally),
      {
        kind: 'buttons',
        buttons: afterButtons(round),
      },
      {
        kind: 'note',
        text: 'A live round earns no leaderboard points. What you answered comes back in your review.',
      },
    ],
  };
}

/** What everybody can do after a round. */
export const afterButtons = (round: Pick<LiveRound, 'id'>): Button[] => [
  { ...roundButton(round, 'place', 'My results'), style: 'primary' },
  roundButton(round, 'practice', 'Practice these'),
  { label: 'New round', run: 'live' },
];

function mostMissedBlocks({ byQuestion }: LiveTally): Block[] {
  const missed = byQuestion
    .filter(({ right, answered }) => right < answered)
    .sort((one, other) => one.right / one.answered - other.right / other.answered)[0];
  if (!missed) return [];
  const { number, question, right, answered } = missed;
  return [
    {
      kind: 'text',
      text: [
        { bold: 'Most missed: ' },
        `question ${number} (${right} of ${answered} correct). ${cut(question.prompt, 200)}`,
      ],
    },
  ];
}

const titleOf = ({ round, question }: Pick<Shown, 'round' | 'question'>, state: string) =>
  `Live round · question ${question.number} of ${round.settings.count}${state}`;
