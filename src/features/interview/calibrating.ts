import { LEVELS } from '../../core/grading/levels.ts';
import type { Sample } from '../../core/questions/catalog-schema.ts';
import { promptBlocks } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import type { Block, Reply } from '../../spine/reply.ts';

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
      title: 'Grading practice',
      visibility: 'private',
      blocks: [
        {
          kind: 'text',
          text:
            done.length > 0
              ? "You've graded every sample."
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
export async function gradeSample(
  sample: Sample,
  chosen: number,
  context: Context,
): Promise<Reply> {
  const { store, person, clock } = context;
  await store.calibrate({
    personId: person.id,
    sampleId: sample.id,
    given: chosen,
    reference: sample.grade,
    at: clock.now(),
  });
  const done = await store.calibrationsOf(person.id);
  // Who has seen the reference can no longer grade without it: the first grade stands.
  const given = done.find(({ sampleId }) => sampleId === sample.id)?.given ?? chosen;
  const difference = given - sample.grade;
  return {
    title:
      difference === 0
        ? 'Same as the reference'
        : `${Math.abs(difference)} ${difference > 0 ? 'above' : 'below'} the reference`,
    visibility: 'private',
    update: true,
    blocks: [
      {
        kind: 'text',
        text: `You: ${given} (${LEVELS[given]}). Reference: ${sample.grade} (${LEVELS[sample.grade]}), set independently by 2 reviewers.`,
      },
      { kind: 'text', text: sample.why },
      ...pointBlocks(sample, context),
      ...biasBlocks(done),
      {
        kind: 'buttons',
        buttons: [{ label: 'Next sample', run: 'mock grade', style: 'primary' }],
      },
    ],
  };
}

const MARKS: Record<Sample['points'][number]['verdict'], string> = {
  covered: '✓ ',
  partly: '◐ Partly: ',
  missed: '○ Not heard: ',
  contradicted: '✗ They got this wrong: ',
};

/** How each key point was said; of one that a team added since, nobody has read. */
function pointBlocks({ question: id, points }: Sample, { catalog }: Context): Block[] {
  const question = catalog.question(id);
  if (!question || !('keyPoints' in question)) return [];
  return question.keyPoints.flatMap(({ id: pointId, text }): Block[] => {
    const read = points.find((point) => point.id === pointId);
    if (!read) return [];
    const quote = read.said ? [' ', { italic: `(they said: "${read.said}")` }] : [];
    return [{ kind: 'text', text: [{ bold: MARKS[read.verdict] }, text, ...quote] }];
  });
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
      text: `Across ${done.length} samples, you're ${words} (${bias > 0 ? '+' : ''}${bias.toFixed(1)} of 4 on average).`,
    },
  ];
}
