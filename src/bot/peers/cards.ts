import type { Difficulty, SpokenQuestion } from '../../core/questions/schema.ts';
import type { PeerForm, PeerMark, PeerSession } from '../../store/schema.ts';
import { cut, promptBlocks } from '../bank/question-card.ts';
import { runLine } from '../button.ts';
import type { Block, Button, Reply } from '../reply.ts';

export const DIMENSIONS = ['correctness', 'depth', 'trade-offs', 'communication'] as const;
export type PeerDimension = (typeof DIMENSIONS)[number];

/** What each mark means, so that two interviewers mean the same by a 3. */
export const ANCHORS: Record<PeerDimension, readonly [string, string, string, string]> = {
  correctness: [
    '1: central claims are wrong',
    '2: right in parts, one important error',
    '3: right, small gaps',
    '4: right and precise, limits named',
  ],
  depth: [
    '1: repeats terms',
    '2: explains what, not why',
    '3: explains why, holds up to one follow-up',
    '4: derives it, holds up to all follow-ups',
  ],
  'trade-offs': [
    '1: sees one option',
    '2: names options, no comparison',
    '3: compares with reasons',
    '4: decides with numbers, says when it changes',
  ],
  communication: [
    '1: hard to follow',
    '2: order changes midway',
    '3: clear, few detours',
    '4: leads, checks in, sums up',
  ],
};

/** The button carries the level that was asked for until the questions are drawn. */
export function inviteCard(session: number, from: string, level: Difficulty | undefined): Reply {
  const accept = { session, ...(level ? { level } : {}) };
  return {
    title: `A mock interview with ${from}?`,
    blocks: [
      {
        kind: 'text',
        text: `You interview each other, one half each: about half an hour in all. The interviewer has a panel with the question, what a good answer contains, hints and follow-ups.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Let us do it', run: runLine('peer accept', accept), style: 'primary' },
          { label: 'Not now', run: `peer decline session:${session}` },
        ],
      },
    ],
  };
}

export function roomCard(session: PeerSession, names: [string, string]): Reply {
  return {
    title: 'Peer interview',
    blocks: [
      {
        kind: 'text',
        text: `First interviewer: ${names[0]}. First candidate: ${names[1]}. Half-way you swap. Talk or write here, as you like.`,
      },
      {
        kind: 'text',
        text: 'Press the button when you are here. Others in this place may read along, and their buttons do nothing.',
      },
      {
        kind: 'buttons',
        buttons: [hereButton(session.id)],
      },
    ],
  };
}

/** What each of the two presses in the room that waits for them. */
export const hereButton = (session: number): Button => ({
  label: 'I am here',
  run: `peer here session:${session}`,
  style: 'primary',
});

/** What both see: the question, and nothing that belongs to the interviewer. One that left the bank is passed over. */
export function sharedQuestionCard(
  session: PeerSession,
  question: SpokenQuestion | undefined,
  names: { asks: string; answers: string },
  at: { number: number; of: number; isLastHalf: boolean },
): Reply {
  const isLast = at.number === at.of;
  return {
    title: `Question ${at.number} of ${at.of} for ${names.answers}`,
    blocks: [
      ...(question
        ? promptBlocks(question)
        : [{ kind: 'text' as const, text: 'This question has left the bank meanwhile. Go on.' }]),
      {
        kind: 'buttons',
        buttons: [
          ...(question
            ? [
                {
                  label: 'Panel (interviewer)',
                  run: runLine('peer panel', { session: session.id, question: question.id }),
                  style: 'primary' as const,
                },
              ]
            : []),
          {
            label: !isLast ? 'Next question' : at.isLastHalf ? 'Finish' : 'Swap roles',
            run: `peer next session:${session.id} at:${session.position} half:${at.isLastHalf ? 2 : 1}`,
          },
          { label: 'Stop here', run: `peer stop session:${session.id}` },
        ],
      },
      {
        kind: 'note',
        text: `Interviewer: ${names.asks}. The panel opens for the interviewer alone.`,
      },
    ],
  };
}

export function finishCard(session: number): Reply {
  return {
    title: 'Done: two minutes of feedback',
    blocks: [
      {
        kind: 'text',
        text: 'Each of you fills a short form. What was written opens for both when both have sent it, or after three days with one form alone, and nobody else sees it.',
      },
      feedbackButtons(session),
    ],
  };
}

/** The way to the form. */
export const feedbackButtons = (session: number): Block => ({
  kind: 'buttons',
  buttons: [{ label: 'Give feedback', run: `peer feedback session:${session}`, style: 'primary' }],
});

/** What one person gets: the other's form, if it came, and the other's marks as interviewer. */
export function feedbackReply(
  from: string,
  form: PeerForm | undefined,
  marks: readonly PeerMark[],
  questions: readonly SpokenQuestion[],
): Reply {
  // After an early end some were never asked.
  const rows = questions.flatMap((question) => {
    const own = marks.filter(({ questionId, mark }) => questionId === question.id && mark);
    if (own.length === 0) return [];
    return [
      [
        cut(question.prompt, 40),
        ...DIMENSIONS.map((dimension) =>
          String(own.find((mark) => mark.dimension === dimension)?.mark ?? '–'),
        ),
      ],
    ];
  });
  const notes = marks.filter(({ dimension, note }) => dimension === 'note' && note);
  return {
    title: `Feedback from ${from}`,
    blocks: [
      form
        ? {
            kind: 'fields',
            fields: [
              { label: 'Overall', value: `${form.overall} of 4` },
              { label: 'What went well', value: form.well },
              { label: 'What to try next', value: form.better },
            ],
          }
        : {
            kind: 'text',
            text: `${from} has not sent the form in three days, so what you wrote is open now. Should the other form still come, I send it to you.`,
          },
      ...(rows.length > 0
        ? [
            {
              kind: 'table',
              caption: 'Marks of the interviewer, 1 to 4',
              columns: [
                { label: 'Question' },
                ...DIMENSIONS.map((label) => ({ label, align: 'right' as const })),
              ],
              rows,
            } satisfies Block,
          ]
        : []),
      ...notes.map((note): Block => ({ kind: 'note', text: `Note: ${note.note}` })),
    ],
  };
}
