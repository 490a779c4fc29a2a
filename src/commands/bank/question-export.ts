import { z } from 'zod';
import { openFor } from '../../bot/bank/spoiler-guard.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import type { Block } from '../../bot/reply.ts';
import { TEXT_FORMATS, type TextFormat } from '../../core/questions/exchange/write.ts';

const FILES: Record<TextFormat | 'apkg', { name: string; mime: string; alt?: string }> = {
  yaml: { name: 'warmup-questions.yaml', mime: 'application/yaml' },
  json: { name: 'warmup-questions.json', mime: 'application/json' },
  csv: { name: 'warmup-questions.csv', mime: 'text/csv' },
  'anki-tsv': { name: 'warmup-questions.txt', mime: 'text/tab-separated-values' },
  apkg: {
    name: 'warmup-questions.apkg',
    mime: 'application/octet-stream',
    alt: 'An Anki deck of the questions',
  },
};

export const questionExport = defineCommand({
  name: 'question export',
  summary: 'Take the questions along as a file',
  example: 'question export csv all',
  visibility: 'private',
  // The file holds every answer.
  access: 'admin',
  heavy: true,
  input: z.object({
    format: z
      .enum([...TEXT_FORMATS, 'apkg'])
      .default('yaml')
      .describe('YAML, JSON, CSV, text for Anki or a deck for Anki'),
    scope: z
      .enum(['own', 'all'])
      .default('own')
      .describe("The team's own questions, or everything that can be asked here"),
  }),

  async run({ format, scope }, context) {
    const { store, team, person, catalog, clock, platform, workOnFile } = context;
    const rows = await store.overlayOf(team.id);
    const own = rows.flatMap(({ question, state }) =>
      question && state === 'active' ? [question] : [],
    );
    const questions = scope === 'own' ? own : catalog.questions;
    if (questions.length === 0)
      throw new UserError(
        'The team has no questions of its own yet. Everything that can be asked here: question export all',
      );
    const exported = new Set(questions.map(({ id }) => id));
    const open = (await openFor(context)).filter((id) => exported.has(id));
    await store.markUnranked(open, person.id);
    const content = await workOnFile({ kind: 'export', questions, format, at: clock.now() });
    const file: Extract<Block, { kind: 'file' }> = { kind: 'file', ...FILES[format], content };
    return {
      title: questions.length === 1 ? 'One question' : `${questions.length} questions`,
      blocks: [
        file,
        ...(content.length > (platform.fileTextLimit ?? Number.POSITIVE_INFINITY) ? [CUT] : []),
        {
          kind: 'note',
          text: [
            'Change the file and bring it back with ',
            { code: 'question import' },
            ': an item with the same id is updated, not added again. The file holds the answers.',
            open.length > 0 ? ' You do not compete on the open question any more.' : '',
          ],
        },
      ],
    };
  },
});

const CUT: Block = {
  kind: 'text',
  text: 'Slack lets me show only text, so this file is cut. Whoever runs me gets the whole file in the terminal or on Discord.',
};
