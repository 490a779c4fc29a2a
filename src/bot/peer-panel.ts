import type { SpokenQuestion } from '../core/questions/schema.ts';
import type { PeerMark, PeerSession } from '../store/schema.ts';
import { ANCHORS, DIMENSIONS } from './peer-cards.ts';
import { cut } from './question-card.ts';
import type { Block, Reply } from './reply.ts';

/** For the interviewer's eyes alone. */
export function panelCard(
  session: PeerSession,
  question: SpokenQuestion,
  marks: readonly PeerMark[],
  hints: number,
): Reply {
  const mine = new Map(
    marks
      .filter(({ questionId }) => questionId === question.id)
      .map((mark) => [mark.dimension, mark]),
  );
  const blocks: Block[] = [
    ...rubricBlocks(question, hints),
    ...DIMENSIONS.map((dimension) =>
      markMenu(dimension, mine.get(dimension)?.mark, {
        session: session.id,
        question: question.id,
      }),
    ),
    {
      kind: 'buttons',
      buttons: [
        ...(hints < question.hints.length
          ? [
              {
                label: 'A hint to give',
                run: `peer panel session:${session.id} hints:${hints + 1}`,
              },
            ]
          : []),
        { label: 'Note', run: `peer note session:${session.id} question:${question.id}` },
      ],
    },
    ...(mine.get('note')?.note
      ? [{ kind: 'note', text: `Your note: ${mine.get('note')?.note}` } satisfies Block]
      : []),
  ];
  return { title: 'Panel: only you see this', visibility: 'private', blocks };
}

/** What to listen for, what to ask on, and the hints that were opened. */
function rubricBlocks(question: SpokenQuestion, hints: number): Block[] {
  return [
    { kind: 'text', text: [{ bold: 'Weak: ' }, question.levels.weak] },
    { kind: 'text', text: [{ bold: 'Solid: ' }, question.levels.solid] },
    { kind: 'text', text: [{ bold: 'Excellent: ' }, question.levels.excellent] },
    ...question.keyPoints.map((point): Block => ({ kind: 'text', text: `• ${point.text}` })),
    ...question.redFlags.map(
      (flag): Block => ({ kind: 'text', text: [{ bold: 'Not so: ' }, flag.text] }),
    ),
    ...question.followUps.slice(0, 2).map(
      (followUp): Block => ({
        kind: 'text',
        text: [{ bold: 'Push: ' }, followUp.ask, ' ', { italic: cut(followUp.expect, 160) }],
      }),
    ),
    ...question.hints.slice(0, hints).map(
      (hint, index): Block => ({
        kind: 'text',
        text: [{ bold: `Hint ${index + 1} to give: ` }, hint],
      }),
    ),
  ];
}

function markMenu(
  dimension: (typeof DIMENSIONS)[number],
  mark: PeerMark['mark'] | undefined,
  { session, question }: { session: number; question: string },
): Block {
  return {
    kind: 'select',
    label: `${dimension}${mark ? ` (now ${mark})` : ''}`,
    run: `peer mark session:${session} question:${question} dimension:${dimension}`,
    option: 'mark',
    choices: ANCHORS[dimension].map((anchor, index) => ({
      label: cut(anchor, 75),
      value: String(index + 1),
    })),
  };
}
