import { z } from 'zod';
import { TEXT_FORMATS, type TextFormat } from '../../../core/questions/exchange/write.ts';
import { openFor } from '../../../session/spoiler-guard.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Block } from '../../../spine/reply.ts';

const FILES: Record<TextFormat | 'apkg', { name: string; mime: string; alt?: string }> = {
  yaml: { name: 'warmup-questions.yaml', mime: 'application/yaml' },
  json: { name: 'warmup-questions.json', mime: 'application/json' },
  csv: { name: 'warmup-questions.csv', mime: 'text/csv' },
  'anki-tsv': { name: 'warmup-questions.txt', mime: 'text/tab-separated-values' },
  apkg: {
    name: 'warmup-questions.apkg',
    mime: 'application/octet-stream',
    alt: 'An Anki deck with the questions',
  },
};

export const questionExport = defineCommand({
  name: 'question export',
  summary: 'Export questions as a file',
  example: 'question export csv all',
  says: [
    {
      like: [
        'export everything as {format}',
        'export questions',
        'save our questions to a file',
        'all questions as {format}',
        'get the questions as {format}',
        'backup of our questions',
        'questions as an anki deck',
        'export our questions',
        'download our questions as {format}',
        'export questions to {format}',
        'give me the questions as a {format} file',
      ],
      label: 'Export questions',
    },
  ],
  visibility: 'private',
  // The file holds every answer.
  access: 'admin',
  heavy: true,
  input: z.object({
    format: z
      .enum([...TEXT_FORMATS, 'apkg'])
      .meta({ also: { yml: 'yaml', anki: 'apkg', deck: 'apkg' } })
      .default('yaml')
      .describe('YAML, JSON, CSV, Anki text, or an Anki deck'),
    scope: z
      .enum(['own', 'all'])
      .meta({ also: { everything: 'all', ours: 'own' } })
      .default('own')
      .describe("Your team's own questions, or all questions in rotation"),
  }),

  async run({ format, scope }, context) {
    const { store, team, person, catalog, clock, platform, workOnFile } = context;
    const rows = await store.overlayOf(team.id);
    const own = rows.flatMap(({ question, state }) =>
      question && state === 'active' ? [question] : [],
    );
    const questions = scope === 'own' ? own : catalog.questions;
    if (questions.length === 0)
      throw new UserError([
        "Your team doesn't have its own questions yet. To export every question in rotation, run ",
        { command: 'question export all' },
        '.',
      ]);
    const exported = new Set(questions.map(({ id }) => id));
    const open = (await openFor(context)).filter((id) => exported.has(id));
    await store.markUnranked(open, person.id);
    const content = await workOnFile({ kind: 'export', questions, format, at: clock.now() });
    const file: Extract<Block, { kind: 'file' }> = { kind: 'file', ...FILES[format], content };
    return {
      title: questions.length === 1 ? '1 question' : `${questions.length} questions`,
      blocks: [
        file,
        ...(content.length > (platform.fileTextLimit ?? Number.POSITIVE_INFINITY) ? [CUT] : []),
        {
          kind: 'note',
          text: [
            'To update questions, edit the file and run ',
            { command: 'question import' },
            '. Questions are matched by ID. The file contains the answers.',
            open.length > 0 ? " The current question won't earn you points anymore." : '',
          ],
        },
      ],
    };
  },
});

const CUT: Block = {
  kind: 'text',
  text: 'This file was cut off because Slack shows only text here. The person who hosts Warmup can export all of it in the terminal.',
};
