import { z } from 'zod';
import { REVIEW_BANK } from '../../../core/questions/schema.ts';
import { cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';

export const chapters = defineCommand({
  name: 'chapters',
  summary: 'Show chapters and learning paths',
  example: 'chapters 5',
  says: [
    {
      like: [
        'overview of the chapters',
        'chapter overview',
        'overview of the topics',
        'list chapters',
        'which topics are there',
        'what can i learn',
        'table of contents',
        'learning path',
        'which path should i take',
        'show me all the topics',
        'which chapters are there',
        'show the chapters',
        'list the learning paths',
        'what topics do you cover',
      ],
      label: 'Show chapters',
      takes: [],
    },
    {
      like: [
        'contents of {chapter}',
        'topics of {chapter}',
        'describe {chapter}',
        'tell me about {chapter}',
        'what does {chapter} cover',
        'what is in {chapter}',
        'what is {chapter} about',
        'show {chapter}',
      ],
      needs: ['chapter'],
      label: 'Show chapter',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  input: z.object({
    chapter: z.int().min(1).max(12).optional().describe('Chapter number, 1 to 12'),
  }),

  run({ chapter }, context) {
    return chapter === undefined ? overview(context) : one(chapter, context);
  },
});

function overview({ catalog }: Context): Reply {
  return {
    title: 'LLM models, chapter by chapter',
    blocks: [
      {
        kind: 'table',
        caption: 'Chapters',
        columns: [
          { label: 'No.', align: 'right' },
          { label: 'Chapter' },
          { label: 'Questions', align: 'right' },
        ],
        rows: catalog.chapters.map(({ number, title }) => [
          String(number),
          title,
          String(countIn(number, catalog)),
        ]),
      },
      {
        kind: 'table',
        caption: 'Learning paths',
        columns: [{ label: 'Path' }, { label: 'For' }, { label: 'Chapters' }],
        rows: catalog.paths.map((path) => [
          `${path.id.toUpperCase()} ${path.title}`,
          path.for,
          path.steps.map(({ chapters }) => chapters.join(' and ')).join(', '),
        ]),
      },
      {
        kind: 'note',
        text: [
          'See one chapter with ',
          { command: 'chapters 5' },
          '. Interview on a path with ',
          { command: 'mock path:b' },
          '.',
        ],
      },
    ],
  };
}

function countIn(number: number, catalog: Context['catalog']): number {
  return number === REVIEW_BANK
    ? catalog.spoken.length
    : catalog.questions.filter(({ chapter }) => chapter === number).length;
}

function one(number: number, { catalog }: Context): Reply {
  const chapter = catalog.chapter(number);
  if (!chapter)
    throw new UserError([
      `There's no chapter ${number}. Run `,
      { command: 'chapters' },
      ' to see them all.',
    ]);
  const items =
    number === REVIEW_BANK
      ? catalog.spoken
      : catalog.questions.filter((each) => each.chapter === number);
  const by = (difficulty: string) => items.filter((item) => item.difficulty === difficulty).length;
  return {
    title: `${number}. ${chapter.title}`,
    blocks: [
      { kind: 'text', text: chapter.summary },
      {
        kind: 'fields',
        fields: [
          {
            label: 'Questions',
            value: `${items.length}: ${by('easy')} easy, ${by('medium')} medium, ${by('hard')} hard`,
          },
          {
            label: 'Topics',
            value: chapter.topics.map(({ title }) => title).join('; ') || 'all chapters',
          },
          ...(chapter.crossReferences.length > 0
            ? [
                {
                  label: 'See also',
                  value: chapter.crossReferences
                    .map((each) => `${each.about} (chapter ${each.chapter})`)
                    .join('; '),
                },
              ]
            : []),
        ],
      },
      {
        kind: 'buttons',
        buttons: items
          .slice(0, 3)
          .map((item) => ({ label: cut(item.prompt, 60), run: `question show id:${item.id}` })),
      },
    ],
  };
}
