import { randomUUID } from 'node:crypto';
import { serveMcp } from '../adapters/mcp/index.ts';
import type { AgentParts, WantedQuestion } from '../adapters/mcp/tools.ts';
import { createTerminal } from '../adapters/terminal/index.ts';
import { elapsedMs } from '../assemble.ts';
import type { Config } from '../config.ts';
import type { Question } from '../core/questions/schema.ts';
import { pick, randomFrom } from '../core/random.ts';
import { openIfThere } from '../store/open.ts';
import { readVersion } from '../usage.ts';
import { createDemo } from './demo.ts';
import { locale, openMachine, zone } from './start.ts';
import { isEstimate } from './terminal.ts';

/** Serves agents over standard input and output; what channels of the configured database are asked stays secret. */
export async function serveAgents(config: Config): Promise<void> {
  const { machine, clock, close } = await openMachine(config);
  const { bot, context } = machine;
  const guarded = await openIfThere(config.DATABASE_URL, {
    clock,
    elapsedMs,
    ...(config.ANSWER_KEY ? { answerKey: config.ANSWER_KEY } : {}),
  });
  const { world } = createDemo({
    ...{ bot, clock, zone, locale },
    store: context.store,
    tick: machine.ticker.tick,
  });
  const look = { isColorful: false, zone, locale };
  const terminal = createTerminal({ bot, world, look, write: () => {} });
  const asked = async () => new Set(await guarded?.store.questionsAskedNow());
  const parts: AgentParts = {
    ask: terminal.data,
    isEstimate: (line) => isEstimate(bot, line),
    isAsked: async (id) => (await asked()).has(id),
    async choose(wanted) {
      const hidden = await asked();
      const free = context.catalog.questions.filter(
        (question) => !hidden.has(question.id) && isWanted(question, wanted),
      );
      return pick(free, randomFrom(randomUUID()))?.id;
    },
  };
  await serveMcp({ ...parts, version: readVersion() });
  await guarded?.close();
  await close();
}

function isWanted(question: Question, { chapter, difficulty, format }: WantedQuestion): boolean {
  return (
    (chapter === undefined || question.chapter === chapter) &&
    (difficulty === undefined || question.difficulty === difficulty) &&
    (format === undefined || question.format === format)
  );
}
