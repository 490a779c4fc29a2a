import { z } from 'zod';
import { STEPS } from '../../../core/cases/play.ts';
import { defineCommand } from '../../../spine/command.ts';
import { feedbackCard } from '../cases/feedback-card.ts';
import { evidenceBlocks } from '../cases/incident-card.ts';
import { caseList } from '../cases/list-card.ts';
import { answerCase, loadCase, requireOpen, runCheck, startCase } from '../cases/playing.ts';
import { stepCard } from '../cases/step-card.ts';

export const mockStep = defineCommand({
  name: 'mock step',
  summary: 'Go on with a case',
  example: 'mock step case:3 step:sensitivity value:2',
  visibility: 'private',
  hidden: true,
  input: z.object({
    start: z.string().max(40).optional().describe('ID of a case to start'),
    case: z.int().min(1).optional().describe('Number of your case'),
    step: z
      .enum([...new Set([...STEPS.design, ...STEPS.incident])])
      .optional()
      .describe('Step that is answered'),
    value: z.string().max(80).optional().describe('The answer'),
    check: z.string().max(40).optional().describe('A check of an incident'),
    log: z.boolean().optional().describe('Show the log again'),
  }),

  async run({ start, case: id, step, value, check, log }, context) {
    if (start !== undefined) return stepCard(await startCase(start, context));
    if (id === undefined) return caseList(context);
    const session = await loadCase(id, context);
    if (log) return { visibility: 'private', blocks: evidenceBlocks(session) };
    if (check !== undefined) return stepCard(await runCheck(session, check, context));
    if (step === undefined || value === undefined) {
      requireOpen(session);
      return stepCard(session);
    }
    const after = await answerCase(session, { step, value }, context);
    return after.state.answers.has(step) ? feedbackCard(after, step) : stepCard(after);
  },
});
