import { fillIn, numberOf, shownNumber } from '../../../core/cases/draw.ts';
import { causesLeft, checksRun, minutesOf, shortestProof } from '../../../core/cases/incident.ts';
import {
  type CaseStep,
  estimateOf,
  FACTORS,
  factsOf,
  sensitivityOf,
} from '../../../core/cases/play.ts';
import { formatPercent } from '../../../core/units.ts';
import { runLine } from '../../../spine/button.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { designFeedback } from './design-feedback.ts';
import type { CaseSession } from './playing.ts';

/** How the answer to a step went, and the way on. */
export function feedbackCard(session: CaseSession, step: CaseStep): Reply {
  const { play, state } = session;
  const share = state.answers.get(step)?.share ?? 0;
  return {
    title:
      share === 1 ? 'Correct' : share > 0 ? `Partly correct, ${formatPercent(share)}` : 'Incorrect',
    visibility: 'private',
    update: true,
    blocks: [
      ...feedbackBlocks(session, step),
      {
        kind: 'buttons',
        buttons: [
          {
            label: state.step === undefined ? 'See report' : 'Next step',
            run: runLine('mock step', { case: play.id }),
            style: 'primary',
          },
        ],
      },
    ],
  };
}

function feedbackBlocks(session: CaseSession, step: CaseStep): Block[] {
  const { playing, state } = session;
  const { played, drawn } = playing;
  const value = state.answers.get(step)?.value ?? '';
  if (step === 'scope') return scopeFeedback(session, value);
  if (step === 'estimate') return estimateFeedback(session, value);
  if (step === 'sensitivity') {
    const { asked, factor, right } = sensitivityOf(playing);
    const label = FACTORS.find((each) => each.value === right)?.label ?? '';
    return [
      { kind: 'text', text: { bold: `${label} (× ${shownNumber(factor)}).` } },
      { kind: 'text', text: fillIn(asked.why, drawn) },
    ];
  }
  if (step === 'choice' && played.kind === 'design')
    return [
      {
        kind: 'text',
        text: { bold: `${played.choice.options.find(({ right }) => right)?.text ?? ''}.` },
      },
      { kind: 'text', text: played.choice.why },
    ];
  if (played.kind === 'incident') return incidentFeedback(session, step);
  return designFeedback(session, step, value);
}

function scopeFeedback({ playing }: CaseSession, value: string): Block[] {
  const chosen = value.split(',');
  const facts = factsOf(playing);
  const asked = facts.filter((fact) => chosen.includes(fact.value));
  const missed = facts.filter((fact) => fact.isKey && !chosen.includes(fact.value));
  return [
    ...asked.map(
      ({ ask, say, isKey }): Block => ({
        kind: 'text',
        text: [`${isKey ? '✓' : '–'} `, { bold: `${ask} ` }, fillIn(say, playing.drawn)],
      }),
    ),
    ...(missed.length > 0
      ? [
          {
            kind: 'text' as const,
            text: [{ bold: 'Not asked: ' }, missed.map(({ ask }) => ask).join(' ')],
          },
        ]
      : []),
  ];
}

function estimateFeedback({ playing }: CaseSession, value: string): Block[] {
  const { drawn } = playing;
  const asked = estimateOf(playing);
  if (!asked) return [];
  const truth = numberOf(drawn, asked.of);
  return [
    {
      kind: 'text',
      text: [
        { bold: `About ${shownNumber(truth)} ${asked.unit}. ` },
        `You said ${shownNumber(Number(value))}.`,
      ],
    },
    { kind: 'text', text: fillIn(asked.why, drawn) },
  ];
}

function incidentFeedback({ playing, state }: CaseSession, step: CaseStep): Block[] {
  const { played, drawn } = playing;
  if (played.kind !== 'incident') return [];
  const cause = played.causes.find(({ id }) => id === drawn['cause']);
  if (!cause) return [];
  if (step === 'fix')
    return [
      { kind: 'text', text: { bold: `${cause.fix}.` } },
      { kind: 'text', text: [{ bold: 'What it costs: ' }, fillIn(cause.price, drawn)] },
    ];
  const left = causesLeft(played, cause.id, state.checks).length - 1;
  const others = played.causes.length - 1;
  const proof = shortestProof(played, cause.id) ?? [];
  return [
    { kind: 'text', text: { bold: `${cause.name}.` } },
    {
      kind: 'text',
      text: `Your checks ruled out ${others - left} of ${others} other causes in ${minutesOf(played, state.checks)} min.`,
    },
    {
      kind: 'text',
      text: [
        { bold: `Shortest proof, ${minutesOf(played, proof)} min: ` },
        checksRun(played, proof)
          .map(({ ask }) => ask)
          .join('; '),
      ],
    },
    {
      kind: 'note',
      text: 'The right cause counts 60%, and its proof the rest, in up to twice those minutes.',
    },
  ];
}
