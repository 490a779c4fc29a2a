import type { Difficulty, FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut, promptBlocks } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import type { PlatformFacts } from '../../spine/platform.ts';
import type { Block, Button, Reply } from '../../spine/reply.ts';
import type { PeerForm, PeerMark, PeerSession } from '../../store/schema.ts';
import { roomNote } from './room.ts';

/** The way into the lobby, with what is known of somebody's wishes. */
export const lobbyButton = (
  wishes: { level?: Difficulty; hours?: string } = {},
  label = 'Find a partner',
): Button => ({ label, run: runLine('peer lobby', wishes) });

/** Asks for hours and a level before somebody waits, or waits on. */
export const hoursButton: Button = { label: 'Choose hours', run: 'peer lobby ask:yes' };

export const DIMENSIONS = ['correctness', 'depth', 'trade-offs', 'communication'] as const;
export type PeerDimension = (typeof DIMENSIONS)[number];

/** A dimension as a label: `Trade-offs`. */
export const dimensionLabel = (dimension: PeerDimension): string =>
  `${dimension.charAt(0).toUpperCase()}${dimension.slice(1)}`;

/** What each mark means, so that two interviewers mean the same by a 3. */
export const ANCHORS: Record<PeerDimension, readonly [string, string, string, string]> = {
  correctness: [
    '1: central claims are wrong',
    '2: partly correct, one important error',
    '3: correct, small gaps',
    '4: correct and precise, names the limits',
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
    '4: decides with numbers, says what would change it',
  ],
  communication: [
    '1: hard to follow',
    '2: order changes midway',
    '3: clear, few detours',
    '4: leads, checks in, sums up',
  ],
};

/** The button carries the level that was asked for until the questions are drawn. */
function inviteButtons(session: number, level: Difficulty | undefined): Button[] {
  const accept = { session, ...(level ? { level } : {}) };
  return [
    { label: 'Accept', run: runLine('peer accept', accept), style: 'primary' },
    { label: 'Decline', run: `peer decline session:${session}` },
  ];
}

/** Invitations that wait for somebody, wherever they look next: the direct message may have been missed. */
export async function invitationBlocks({
  store,
  person,
  platform,
}: Pick<Context, 'store' | 'person' | 'platform'>): Promise<Block[]> {
  const waiting = await store.invitationsTo(person.id);
  return waiting.flatMap(({ session, from }): Block[] => [
    {
      kind: 'text',
      text: [{ bold: 'An invitation waits for you' }, `: a mock interview with ${from}.`],
    },
    { kind: 'buttons', buttons: inviteButtons(session.id, session.wishes?.[0].level ?? undefined) },
    ...roomNote(platform),
  ]);
}

export function inviteCard(
  session: number,
  from: string,
  { level, platform }: { level: Difficulty | undefined; platform: PlatformFacts },
): Reply {
  return {
    title: `Mock interview with ${from}?`,
    blocks: [
      {
        kind: 'text',
        text: 'You interview each other for about 15 minutes each. The interviewer gets a panel with the question, a good answer, hints, and follow-ups.',
      },
      {
        kind: 'buttons',
        buttons: inviteButtons(session, level),
      },
      ...roomNote(platform),
    ],
  };
}

export function roomCard(session: PeerSession, names: [string, string]): Reply {
  return {
    title: 'Peer interview',
    blocks: [
      {
        kind: 'text',
        text: `First interviewer: ${names[0]}. First candidate: ${names[1]}. You swap halfway. Use a call or write here.`,
      },
      {
        kind: 'text',
        text: [
          'Select ',
          { bold: HERE },
          " when you're ready. Only the two of you can use the buttons.",
        ],
      },
      {
        kind: 'buttons',
        buttons: [hereButton(session.id)],
      },
    ],
  };
}

/** Label of the button with which each of the two says that they are there. */
export const HERE = "I'm here";

/** What each of the two selects in the room that waits for them. */
export const hereButton = (session: number): Button => ({
  label: HERE,
  run: `peer here session:${session}`,
  style: 'primary',
});

/** What both see: the question, and nothing that belongs to the interviewer. One that left the bank is passed over. */
export function sharedQuestionCard(
  session: PeerSession,
  question: FreeTextQuestion | undefined,
  names: { asks: string; answers: string },
  at: { number: number; of: number; isLastHalf: boolean },
): Reply {
  const isLast = at.number === at.of;
  return {
    title: `Question ${at.number} of ${at.of} for ${names.answers}`,
    blocks: [
      ...(question
        ? promptBlocks(question)
        : [
            {
              kind: 'text' as const,
              text: 'This question was removed from the bank. Continue without it.',
            },
          ]),
      {
        kind: 'buttons',
        buttons: [
          ...(question
            ? [
                {
                  label: 'Open panel',
                  run: runLine('peer panel', { session: session.id, question: question.id }),
                  style: 'primary' as const,
                },
              ]
            : []),
          {
            label: !isLast ? 'Next question' : at.isLastHalf ? 'Finish' : 'Swap roles',
            run: `peer next session:${session.id} at:${session.position} half:${at.isLastHalf ? 2 : 1}`,
          },
          { label: 'Stop interview', run: `peer stop session:${session.id}` },
        ],
      },
      {
        kind: 'note',
        text: `Interviewer: ${names.asks}. Only the interviewer can open the panel.`,
      },
    ],
  };
}

export function finishCard(session: number): Reply {
  return {
    title: 'Time for feedback',
    blocks: [
      {
        kind: 'text',
        text: "Each of you fills in a short form. You'll both see the feedback once you've both sent it, or after 3 days. No one else can see it.",
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
  questions: readonly FreeTextQuestion[],
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
            text: `${from} didn't send a form within 3 days, so they can now read yours. If theirs arrives later, I'll send it to you.`,
          },
      ...(rows.length > 0
        ? [
            {
              kind: 'table',
              caption: 'Interviewer marks, 1 to 4',
              columns: [
                { label: 'Question' },
                ...DIMENSIONS.map((dimension) => ({
                  label: dimensionLabel(dimension),
                  align: 'right' as const,
                })),
              ],
              rows,
            } satisfies Block,
          ]
        : []),
      ...notes.map((note): Block => ({ kind: 'note', text: `Note: ${note.note}` })),
    ],
  };
}
