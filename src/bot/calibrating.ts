import type { Sample } from '../core/catalog.ts';
import { LEVELS } from '../core/interview/levels.ts';
import type { Context } from './command.ts';
import { feedbackBlocks } from './interview-feedback.ts';
import { promptBlocks } from './question-card.ts';
import type { Block, Reply } from './reply.ts';

/** The next sample answer to grade, or the person's own bias when all are done. */
export async function nextSample(context: Context): Promise<Reply> {
  const { store, catalog, person } = context;
  const done = await store.calibrationsOf(person.id);
  const seen = new Set(done.map(({ sampleId }) => sampleId));
  const sample = catalog.samples.find(
    ({ id, question }) => !seen.has(id) && catalog.question(question),
  );
  const question = sample && catalog.question(sample.question);
  if (!sample || !question) {
    return {
      title: 'Calibration',
      visibility: 'private',
      blocks: [
        {
          kind: 'text',
          text:
            done.length > 0
              ? 'You have graded every sample.'
              : 'There are no sample answers to grade yet.',
        },
        ...biasBlocks(done),
      ],
    };
  }
  return {
    title: 'How would you grade this answer?',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      { kind: 'text', text: [{ bold: 'The candidate said: ' }, sample.answer] },
      {
        kind: 'buttons',
        buttons: LEVELS.map((label, grade) => ({
          label: `${grade} ${label}`,
          run: `mock grade sample:${sample.id} grade:${grade}`,
        })),
      },
    ],
  };
}

/** The reference beside one's own grade, and why. */
export async function gradeSample(sample: Sample, given: number, context: Context): Promise<Reply> {
  const { store, catalog, person, clock } = context;
  await store.calibrate({
    personId: person.id,
    sampleId: sample.id,
    given,
    reference: sample.grade,
    at: clock.now(),
  });
  const done = await store.calibrationsOf(person.id);
  const difference = given - sample.grade;
  return {
    title:
      difference === 0
        ? 'The same as the reference'
        : `${Math.abs(difference)} ${difference > 0 ? 'above' : 'below'} the reference`,
    visibility: 'private',
    update: true,
    blocks: [
      {
        kind: 'text',
        text: `You: ${given}, ${LEVELS[given]}. Reference: ${sample.grade}, ${LEVELS[sample.grade]}. ${sample.why}`,
      },
      ...whyBlocks(sample, context),
      ...biasBlocks(done),
      {
        kind: 'buttons',
        buttons: [{ label: 'Next sample', run: 'mock calibrate', style: 'primary' }],
      },
    ],
  };

  function whyBlocks({ question: id, answer }: Sample, { catalog: bank }: Context): Block[] {
    const question = catalog.question(id);
    if (!question || !('keyPoints' in question)) return [];
    const grade = bank.grade(question, answer);
    return feedbackBlocks({
      followUps: [],
      redFlags: grade.redFlags.map(({ text }) => text),
      points: grade.points.map((point) => ({ ...point, weight: 0, isSelfAssessed: false })),
    });
  }
}

/** Lenient or strict, shown to this person alone. */
function biasBlocks(done: readonly { given: number; reference: number }[]): Block[] {
  if (done.length < 3) return [];
  const bias = done.reduce((sum, { given, reference }) => sum + given - reference, 0) / done.length;
  const words =
    Math.abs(bias) < 0.25 ? 'in line with the reference' : bias > 0 ? 'lenient' : 'strict';
  return [
    {
      kind: 'note',
      text: `Over ${done.length} samples you are ${words} (${bias > 0 ? '+' : ''}${bias.toFixed(1)} of 4 on average). Only you see this.`,
    },
  ];
}
