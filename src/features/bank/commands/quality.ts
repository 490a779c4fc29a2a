import { z } from 'zod';
import type { MeasuredDifficulty } from '../../../core/practice/difficulty.ts';
import { letterOf } from '../../../core/questions/check-answer.ts';
import {
  ENOUGH_ANSWERS,
  EXPECTED_SHARE,
  type ItemStatistics,
  statisticsByItem,
} from '../../../core/questions/statistics.ts';
import { measuredDifficulties } from '../../../session/measured-difficulty.ts';
import { cut, shownLetter } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block, Reply } from '../../../spine/reply.ts';
import { measuredBlocks, measuredCell } from '../measured-card.ts';
import type { NamedReport } from '../queries/suggestions.ts';

const ROWS = 20;
const REPORTS = 5;

export const quality = defineCommand({
  name: 'setup quality',
  summary: 'Show question quality: difficulty, unused options, reports',
  example: 'setup quality',
  says: [
    {
      like: [
        'which questions are bad',
        'which questions have problems',
        'how hard are our questions',
        'reported questions',
        'how good is {question}',
        'stats of {question}',
        'which questions are too easy',
        'how good are our questions',
        'show question quality',
        'which questions were reported',
        'quality of {question}',
        'question statistics',
        'which questions are too hard',
      ],
      label: 'Show quality',
    },
  ],
  visibility: 'private',
  onlyShows: true,
  hidden: true,
  access: 'admin',
  heavy: true,
  input: z.object({
    question: z.string().max(64).meta({ suggests: 'questions' }).optional().describe('Question ID'),
  }),

  async run({ question }, context) {
    const { store, team } = context;
    const items = statisticsByItem(
      await store.closedQuestions(team.id),
      await store.firstAnswersOf(team.id),
    );
    const reports = await store.openReports(team.id);
    const measured = await measuredDifficulties(context);
    const found: Found = { items, reports, measured };
    return question === undefined
      ? overview(found)
      : one(question.trim().toLowerCase(), found, context);
  },
});

/** What the team's answers and reports say. */
type Found = {
  items: readonly ItemStatistics[];
  reports: readonly NamedReport[];
  measured: ReadonlyMap<string, MeasuredDifficulty>;
};

function overview({ items, reports, measured }: Found): Reply {
  const open = (id: string) => reports.filter(({ questionId }) => questionId === id).length;
  const rank = (item: ItemStatistics) =>
    4 * Math.min(1, open(item.question.id)) +
    (item.label.startsWith('plays') ? 2 : 0) +
    (item.neverChosen.length > 0 ? 1 : 0);
  const sorted = [...items].sort(
    (a, b) =>
      rank(b) - rank(a) || b.answers - a.answers || (a.question.id < b.question.id ? -1 : 1),
  );
  return {
    title: 'Question quality',
    blocks: [
      ...(items.length > 0
        ? [table(sorted.slice(0, ROWS), open, measured)]
        : [{ kind: 'text', text: 'No questions have closed yet.' } satisfies Block]),
      ...reportBlocks(reports),
      ...chooseQuestion(sorted.slice(0, ROWS)),
      { kind: 'buttons', buttons: [{ label: 'Team questions', run: 'question list' }] },
      {
        kind: 'note',
        text: `First tries on closed questions, without people who had seen the answer. Labels need ${ENOUGH_ANSWERS} answers. Expected correct: ${Object.entries(
          EXPECTED_SHARE,
        )
          .map(([level, { least, most }]) => `${level} ${percent(least)} to ${percent(most)}`)
          .join(
            ', ',
          )}. Measured also counts first answers in practice, who answered, and guessing: easy is around −1, medium 0, hard 1.`,
      },
    ],
  };
}

function chooseQuestion(items: readonly ItemStatistics[]): Block[] {
  if (items.length === 0) return [];
  const choices = items.map(({ question: { id, prompt } }) => ({
    label: cut(`${id} ${prompt}`, 75),
    value: id,
  }));
  return [
    {
      kind: 'select',
      label: 'Show statistics of a question',
      run: 'setup quality',
      option: 'question',
      choices,
    },
  ];
}

function table(
  items: readonly ItemStatistics[],
  open: (id: string) => number,
  measured: Found['measured'],
): Block {
  return {
    kind: 'table',
    caption: 'Most in need of review',
    columns: [
      { label: 'Question' },
      { label: 'Answers', align: 'right' },
      { label: 'Correct', align: 'right' },
      { label: 'Label' },
      { label: 'Measured' },
      { label: 'Never chosen' },
      { label: 'Reports', align: 'right' },
    ],
    rows: items.map(({ question, answers, share, label, neverChosen }) => [
      { code: question.id },
      String(answers),
      share === undefined ? 'none' : percent(share),
      // The number of answers says that they are too few.
      label === 'too few answers' ? question.difficulty : `${question.difficulty}: ${label}`,
      measuredCell(question.difficulty, measured.get(question.id)),
      neverChosen.map((letter) => letter.toUpperCase()).join(' ') || 'none',
      String(open(question.id)),
    ]),
  };
}

function one(id: string, { items, reports, measured }: Found, { catalog }: Context): Reply {
  const item = items.find(({ question }) => question.id === id);
  const about = reports.filter(({ questionId }) => questionId === id);
  const question = item?.question ?? catalog.question(id);
  if (!question)
    throw new UserError([
      `I can't find the question "${id}". Run `,
      { command: 'setup' },
      ' to see all asked questions.',
    ]);
  return {
    title: `Quality of ${id}`,
    blocks: [
      { kind: 'text', text: cut(question.prompt, 300) },
      ...(item
        ? [
            {
              kind: 'fields',
              fields: [
                { label: 'First tries', value: String(item.answers) },
                {
                  label: 'Correct',
                  value: item.share === undefined ? 'no answers yet' : percent(item.share),
                },
                { label: 'Label', value: `${item.question.difficulty}: ${item.label}` },
              ],
            } satisfies Block,
            ...deadOptions(item),
          ]
        : [{ kind: 'text', text: "This question hasn't closed here yet." } satisfies Block]),
      ...measuredBlocks(question.difficulty, measured.get(id)),
      ...reportBlocks(about),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Edit', run: `question edit id:${id}` },
          { label: 'Disable', run: `question disable id:${id}` },
        ],
      },
    ],
  };
}

function deadOptions({ question, neverChosen }: ItemStatistics): Block[] {
  if (!('options' in question)) return [];
  return question.options.flatMap(({ text }, index): Block[] =>
    neverChosen.includes(letterOf(index))
      ? [{ kind: 'text', text: [{ bold: `${shownLetter(index)} was never chosen: ` }, text] }]
      : [],
  );
}

function reportBlocks(reports: readonly NamedReport[]): Block[] {
  if (reports.length === 0) return [{ kind: 'text', text: 'No open reports.' }];
  const more = reports.length - REPORTS;
  return [
    {
      kind: 'text',
      text: { bold: reports.length === 1 ? '1 open report' : `${reports.length} open reports` },
    },
    ...reports
      .slice(0, REPORTS)
      .flatMap(({ id, questionId, version, text, person, answer }): Block[] => [
        {
          kind: 'text',
          text: [
            { code: questionId },
            ` version ${version}, ${person}: ${cut(text, 300)}`,
            ...(answer ? [{ italic: ` Answered: ${cut(answer, 100)}` }] : []),
          ],
        },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Fixed', run: `report close report:${id} outcome:fixed` },
            { label: 'No problem', run: `report close report:${id} outcome:fine` },
            { label: 'Show statistics', run: `setup quality question:${questionId}` },
          ],
        },
      ]),
    ...(more > 0 ? [{ kind: 'note', text: `${more} more after these.` } satisfies Block] : []),
  ];
}

const percent = (share: number) => `${Math.round(share * 100)}%`;
