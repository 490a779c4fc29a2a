import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import type { Block, Reply } from '../../spine/reply.ts';
import type { PeerMark, PeerSession } from '../../store/schema.ts';
import { ANCHORS, DIMENSIONS, dimensionLabel } from './cards.ts';

/** A phone shows one part at a time: what to listen for, or what to ask and to correct. */
export type PanelPart = 'listen' | 'ask';

/** For the interviewer's eyes alone. */
export function panelCard({
  session: { id: session },
  question,
  marks,
  hints,
  part,
  isOver,
}: {
  session: PeerSession;
  question: FreeTextQuestion;
  marks: readonly PeerMark[];
  /** How many hints are open. */
  hints: number;
  part: PanelPart;
  isOver: boolean;
}): Reply {
  const mine = new Map(
    marks
      .filter(({ questionId }) => questionId === question.id)
      .map((mark) => [mark.dimension, mark]),
  );
  const open = { session, question: question.id };
  // Ids of menus are short on room: what is not said is the default.
  const shown = { ...(hints > 0 ? { hints } : {}), ...(part === 'ask' ? { part } : {}) };
  const turnedTo = (other: PanelPart) =>
    runLine('peer panel', { ...open, hints, part: other, again: true });
  const blocks: Block[] = [
    ...(isOver ? [{ kind: 'text', text: formatInterviewOver(mine) } satisfies Block] : []),
    { kind: 'text', text: { bold: cut(question.prompt, 200) } },
    ...(part === 'listen' ? listenBlocks(question) : askBlocks(question)),
    ...hintBlocks(question, hints),
    ...DIMENSIONS.map((dimension) =>
      markMenu(dimension, mine.get(dimension)?.mark, { ...open, ...shown }),
    ),
    {
      kind: 'buttons',
      buttons: [
        part === 'listen'
          ? { label: 'Follow-ups', run: turnedTo('ask') }
          : { label: 'Key points', run: turnedTo('listen') },
        ...(!isOver && hints < question.hints.length
          ? [
              {
                label: 'Show a hint',
                run: runLine('peer panel', { ...open, hints: hints + 1, part }),
              },
            ]
          : []),
        { label: 'Add note', run: runLine('peer note', open) },
      ],
    },
    ...(mine.get('note')?.note
      ? [{ kind: 'note', text: `Your note: ${mine.get('note')?.note}` } satisfies Block]
      : []),
  ];
  return { title: 'Panel (only you can see this)', visibility: 'private', blocks };
}

/** Says which marks are kept, so that one given just after the question does not look lost. */
function formatInterviewOver(mine: ReadonlyMap<string, PeerMark>): string {
  const kept = DIMENSIONS.flatMap((dimension) => {
    const mark = mine.get(dimension)?.mark;
    return mark ? [`${dimension} ${mark}`] : [];
  });
  return `The interview has moved on from this question. ${
    kept.length > 0 ? `Your marks are saved: ${kept.join(', ')}.` : "You haven't marked it yet."
  } You can change your marks until you've both sent feedback.`;
}

function listenBlocks({ levels, keyPoints }: FreeTextQuestion): Block[] {
  return [
    { kind: 'text', text: [{ bold: 'Weak: ' }, levels.weak] },
    { kind: 'text', text: [{ bold: 'Solid: ' }, levels.solid] },
    { kind: 'text', text: [{ bold: 'Excellent: ' }, levels.excellent] },
    ...keyPoints.map((point): Block => ({ kind: 'text', text: `• ${point.text}` })),
  ];
}

function askBlocks({ redFlags, followUps }: FreeTextQuestion): Block[] {
  return [
    ...followUps.slice(0, 2).map(
      (followUp): Block => ({
        kind: 'text',
        text: [{ bold: 'Follow-up: ' }, followUp.ask, ' ', { italic: cut(followUp.expect, 160) }],
      }),
    ),
    ...(redFlags.length > 0
      ? [{ kind: 'text', text: { bold: 'Common mistakes' } } satisfies Block]
      : []),
    ...redFlags.map((flag): Block => ({ kind: 'text', text: `• ${flag.text}` })),
  ];
}

/** The hints that were opened. */
function hintBlocks(question: FreeTextQuestion, hints: number): Block[] {
  return question.hints
    .slice(0, hints)
    .map((hint, index): Block => ({ kind: 'text', text: [{ bold: `Hint ${index + 1}: ` }, hint] }));
}

function markMenu(
  dimension: (typeof DIMENSIONS)[number],
  mark: PeerMark['mark'] | undefined,
  open: { session: number; question: string; hints?: number; part?: PanelPart },
): Block {
  return {
    kind: 'select',
    label: `${dimensionLabel(dimension)}${mark ? ` (now ${mark})` : ''}`,
    run: runLine('peer mark', { ...open, dimension }),
    option: 'mark',
    choices: ANCHORS[dimension].map((anchor, index) => ({
      label: cut(anchor, 75),
      value: String(index + 1),
    })),
  };
}
