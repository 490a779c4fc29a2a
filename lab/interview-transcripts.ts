import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTerminal } from '../src/adapters/terminal/index.ts';
import { createApp } from '../src/app.ts';
import { readCatalog } from '../src/catalog.ts';
import type { Catalog } from '../src/core/catalog.ts';
import { movableClock } from '../src/demo/demo.ts';
import type { Reply } from '../src/spine/reply.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { ASKED, CANDIDATES, type Candidate } from './docs/interview-candidates.ts';

/** Plays three whole interviews in the terminal and writes them to docs/interviews.md: what candidates really read. */

const full = readCatalog().catalog;

/** Offers the planner only the questions that the candidates have answers to, and the report all of them. */
function catalogFor(hasBegun: () => boolean): Catalog {
  const asked = full.freeText.filter(({ id }) => ASKED.includes(id));
  return {
    ...full,
    get freeText() {
      return hasBegun() ? full.freeText : asked;
    },
  };
}

async function play(candidate: Candidate): Promise<string> {
  const { name, seed } = candidate;
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const { store, close } = openSqlite(':memory:');
  let ids = 0;
  let last: Reply | undefined;
  let hasBegun = false;
  const { bot } = createApp({
    store,
    catalog: catalogFor(() => hasBegun),
    clock,
    emit: () => {},
    newId: () => `${seed}-${++ids}`,
    process: seed,
  });
  const lines: string[] = [];
  const terminal = createTerminal({
    bot: {
      ...bot,
      prepare: async (request) => {
        const step = await bot.prepare(request);
        if (step.kind !== 'run') return step;
        return {
          ...step,
          run: async () => {
            last = await step.run();
            return last;
          },
        };
      },
    },
    world: {
      workspace: 'terminal:docs',
      workspaceName: 'docs',
      channel: 'practice',
      speakers: [{ account: 'terminal:candidate', name: 'Candidate', isAdmin: false }],
      zone: 'UTC',
      jump: async () => false,
      now: () => '',
    },
    look: { isColorful: false, zone: 'UTC', locale: 'en-GB' },
    write: (line) => lines.push(line),
  });
  const type = async (line: string, minutes: number) => {
    clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
    lines.push(`> ${line}`);
    await terminal.line(line);
  };
  await type('mock 15', 0);
  hasBegun = true;
  await type('Start', 1);
  for (let turn = 0; turn < 40; turn += 1) {
    const labels = (last?.blocks ?? []).flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    );
    const way = ['Next question', 'See report'].find((each) => labels.includes(each));
    if (labels.includes('Answer')) await type(answerTo(textOf(last), candidate), 2);
    else if (way) await type(way, 0);
    else break;
  }
  close();
  return `## ${name}\n\n\`\`\`\n${lines.join('\n').trim()}\n\`\`\`\n`;
}

function textOf(reply: Reply | undefined): string {
  const texts = (reply?.blocks ?? []).flatMap((block) =>
    block.kind === 'text' ? [block.text] : [],
  );
  return texts.find((text) => typeof text === 'string') ?? '';
}

function answerTo(asked: string, { answers, followUps, otherwise }: Candidate): string {
  const question = full.freeText.find(({ id, prompt }) => id in answers && prompt === asked);
  if (question) return answers[question.id] ?? otherwise;
  const known = Object.entries(followUps).find(([ask]) => asked.includes(ask));
  return known?.[1] ?? otherwise;
}

const parts: string[] = [];
for (const candidate of CANDIDATES) parts.push(await play(candidate));
const DOC = fileURLToPath(new URL('../docs/interviews.md', import.meta.url));
const MEASURED = '## What is heard';
// What was measured stands below, written by hand.
const [, measured = ''] = readFileSync(DOC, 'utf8').split(MEASURED);
writeFileSync(
  DOC,
  `# Three interviews\n\nReal output of the terminal, written by \`npm run lab interview-transcripts\`: three candidates, the same three questions. Lines\nthat begin with \`>\` are typed.\n\n${parts.join('\n')}\n${MEASURED}${measured}`,
);
