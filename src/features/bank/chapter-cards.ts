import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';

/** All chapters and learning paths. */
export function chapterList({ catalog }: Context): Reply {
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
          { command: 'ask chapter 5' },
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
    ? catalog.freeText.length
    : catalog.questions.filter(({ chapter }) => chapter === number).length;
}

/**
 * What a chapter covers, and its first questions.
 *
 * @throws UserError when there is none of this number.
 */
export function chapterCard(number: number, { catalog }: Context): Reply {
  const chapter = catalog.chapter(number);
  if (!chapter)
    throw new UserError([
      `There's no chapter ${number}. Run `,
      { command: 'ask chapters' },
      ' to see them all.',
    ]);
  const items =
    number === REVIEW_BANK
      ? catalog.freeText
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
