import { z } from 'zod';
import { assertNotLive } from '../../../session/spoiler-guard.ts';
import { defineCommand } from '../../../spine/command.ts';
import { drillCard, drillExplanation, drillFeedback } from '../drill-card.ts';
import { findDrill, startDrill } from '../drilling.ts';

export const drillShow = defineCommand({
  name: 'drill show',
  summary: 'Show a drill with hints, or its solution',
  example: 'drill show item:gen-kv-per-token-abc hints:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    item: z.string().max(48).optional().describe('ID of the drill (default: a new one)'),
    kind: z.string().max(40).optional().describe('Kind of calculation of a new one'),
    hints: z.int().min(0).max(3).default(0).describe('How many hints to show'),
    answer: z.boolean().default(false).describe('Show the solution'),
    more: z.boolean().default(false).describe('Explain the solution in full'),
  }),

  async run({ item, kind, hints, answer, more }, context) {
    if (item === undefined) return startDrill({ kind }, context);
    const question = findDrill(item, context);
    if (answer || more || hints > 0) await assertNotLive(question.id, context);
    const chapter = context.catalog.chapter(question.chapter);
    if (more) return drillExplanation(question, chapter);
    return answer ? drillFeedback(question, {}) : drillCard(question, { hints, chapter });
  },
});
