import { fillIn } from '../../../core/cases/draw.ts';
import {
  type CaseStep,
  estimateOf,
  FACTORS,
  factsOf,
  MOST_FACTS,
  STEPS,
  sensitivityOf,
} from '../../../core/cases/play.ts';
import { letterOf } from '../../../core/questions/check-answer.ts';
import { shuffled } from '../../../core/random.ts';
import { runLine } from '../../../spine/button.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { designBlocks } from './design-card.ts';
import { causeBlocks, fixBlocks } from './incident-card.ts';
import type { CaseSession } from './playing.ts';
import { reportCard } from './report-card.ts';

const NAMES: Readonly<Record<CaseStep, string>> = {
  scope: 'Scope',
  estimate: 'Estimate',
  sensitivity: 'What moves',
  design: 'Design',
  'twist-1': 'First twist',
  'twist-2': 'Second twist',
  choice: 'Under fire',
  cause: 'Find the cause',
  fix: 'Fix it',
};

/** A button that answers a step. */
const answerRun = ({ play }: CaseSession, step: CaseStep, value: string) =>
  runLine('mock step', { case: play.id, step, value });

/** What a case asks now, or its report when all is answered. */
export function stepCard(session: CaseSession): Reply {
  const { playing, state } = session;
  const { step } = state;
  if (step === undefined) return reportCard(session);
  const steps: readonly CaseStep[] = STEPS[playing.played.kind];
  return {
    title: `${NAMES[step]} (step ${steps.indexOf(step) + 1} of ${steps.length})`,
    visibility: 'private',
    update: true,
    blocks: blocksOf(session, step),
  };
}

function blocksOf(session: CaseSession, step: CaseStep): Block[] {
  if (step === 'scope') return scopeBlocks(session);
  if (step === 'estimate') return estimateBlocks(session);
  if (step === 'sensitivity') return sensitivityBlocks(session);
  if (step === 'choice') return choiceBlocks(session);
  if (step === 'cause') return causeBlocks(session);
  if (step === 'fix') return fixBlocks(session);
  return designBlocks(session, step);
}

function scopeBlocks({ play, playing }: CaseSession): Block[] {
  return [
    { kind: 'text', text: fillIn(playing.played.brief, playing.drawn) },
    {
      kind: 'select',
      label: `Ask up to ${MOST_FACTS} questions`,
      run: runLine('mock step', { case: play.id, step: 'scope' }),
      option: 'value',
      choices: factsOf(playing).map(({ ask, value }) => ({ label: ask, value })),
      min: 1,
      max: MOST_FACTS,
    },
    {
      kind: 'note',
      text: 'You ask once. What changes the work counts, and every other question takes half of that.',
    },
  ];
}

/** The estimate that is asked, for its card and its form. */
export function estimateText({ playing }: CaseSession): string {
  const { ask = '', unit = '' } = estimateOf(playing) ?? {};
  return `${fillIn(ask, playing.drawn)} Answer in ${unit}.`;
}

function estimateBlocks(session: CaseSession): Block[] {
  const run = runLine('mock number', { case: session.play.id });
  return [
    { kind: 'text', text: estimateText(session) },
    { kind: 'buttons', buttons: [{ label: 'Enter estimate', run, style: 'primary' }] },
    { kind: 'note', text: 'Within a factor of 1.5 is right, and within 2 counts half.' },
  ];
}

function sensitivityBlocks(session: CaseSession): Block[] {
  const { asked } = sensitivityOf(session.playing);
  return [
    { kind: 'text', text: fillIn(asked.ask, session.playing.drawn) },
    {
      kind: 'buttons',
      buttons: FACTORS.map(({ value, label }) => ({
        label,
        run: answerRun(session, 'sensitivity', value),
      })),
    },
  ];
}

function choiceBlocks(session: CaseSession): Block[] {
  const { played, drawn } = session.playing;
  if (played.kind !== 'design') return [];
  const options = shuffled(
    played.choice.options.map(({ text }, index) => ({ text, value: String(index) })),
    `${drawn['order']} choice`,
  );
  return [
    { kind: 'text', text: fillIn(played.choice.ask, drawn) },
    ...options.map(
      ({ text }, index): Block => ({
        kind: 'text',
        text: [{ bold: `${letterOf(index).toUpperCase()}  ` }, text],
      }),
    ),
    {
      kind: 'buttons',
      buttons: options.map(({ value }, index) => ({
        label: letterOf(index).toUpperCase(),
        run: answerRun(session, 'choice', value),
      })),
    },
  ];
}
