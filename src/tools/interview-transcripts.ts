import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTerminal } from '../adapters/terminal/index.ts';
import { createBot } from '../bot/dispatch.ts';
import type { Reply } from '../bot/reply.ts';
import { readCatalog } from '../catalog.ts';
import { COMMANDS } from '../commands/index.ts';
import { createCatalog } from '../core/catalog.ts';
import { movableClock } from '../demo.ts';
import { openSqlite } from '../store/sqlite.ts';

/**
 * Plays three whole interviews in the terminal with answers of the labelled set, and writes them to
 * docs/interviews.md: what candidates really read.
 */

type Labelled = { id: string; question: string; kind: string; answer: string };

const CANDIDATES = [
  {
    name: 'a strong candidate',
    seed: 'strong',
    kinds: ['good', 'chatty', 'second-language', 'phone'],
    pushed: ['reworded', 'formulas', 'good'],
  },
  {
    name: 'a middling candidate',
    seed: 'middling',
    kinds: ['partial', 'fatal', 'hedging', 'phone'],
    pushed: ['partial', 'hedging'],
  },
  {
    name: 'a bluffing candidate',
    seed: 'bluffing',
    kinds: ['buzzword', 'confident-wrong', 'padding', 'negated'],
    pushed: ['padding', 'buzzword', 'hedging'],
  },
];

const full = readCatalog().catalog;
const answers = readFileSync(new URL('../../data/grading/answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Labelled);
const asked = new Set(answers.map(({ question }) => question));
const catalog = createCatalog({
  ...full,
  questions: full.questions.filter(({ id }) => asked.has(id)),
});

async function play({ name, seed, kinds, pushed }: (typeof CANDIDATES)[number]): Promise<string> {
  const clock = movableClock(new Date('2026-03-02T09:00:00Z'));
  const { store, close } = openSqlite(':memory:');
  let ids = 0;
  let last: Reply | undefined;
  const bot = createBot({
    commands: COMMANDS,
    store,
    catalog,
    clock,
    emit: () => {},
    newId: () => `${seed}-${++ids}`,
    process: seed,
    facts: () => ({
      name: 'terminal',
      privateReplies: true,
      words: true,
      rooms: false,
      check: async () => [],
    }),
    wake: () => {},
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
    look: { isColourful: false, zone: 'UTC', locale: 'en-GB' },
    write: (line) => lines.push(line),
  });
  const type = async (line: string, minutes: number) => {
    clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
    lines.push(`> ${line}`);
    await terminal.line(line);
  };
  await type('mock 15', 0);
  await type('Begin', 1);
  const used = new Set<string>();
  for (let turn = 0; turn < 40; turn += 1) {
    const labels = (last?.blocks ?? []).flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
    );
    if (labels.includes('Answer'))
      await type(nextAnswer(await present(), used, { kinds, pushed }), 2);
    else if (labels.includes('Go on')) await type('Go on', 0);
    else if (labels.includes('Next question')) await type('Next question', 0);
    else if (labels.includes('See the report')) await type('See the report', 0);
    else break;
  }
  close();
  return `## ${name.charAt(0).toUpperCase()}${name.slice(1)}\n\n\`\`\`\n${lines.join('\n').trim()}\n\`\`\`\n`;

  /** The question that is open, and whether it is a follow-up. */
  async function present(): Promise<{ question: string; isFollowUp: boolean }> {
    const person = await store.personOfAccount('terminal:candidate');
    const interview = person && (await store.openInterviewOf(person.id));
    const turns = interview ? await store.turnsOf(interview.id) : [];
    const count = turns.filter(({ turn }) => turn.kind === 'asked').length;
    return {
      question: interview?.plan.questions[count - 1]?.questionId ?? '',
      isFollowUp: (last?.title ?? '').includes('follow-up'),
    };
  }
}

function nextAnswer(
  { question, isFollowUp }: { question: string; isFollowUp: boolean },
  used: Set<string>,
  { kinds, pushed }: { kinds: string[]; pushed: string[] },
): string {
  const own = answers.filter((each) => each.question === question && !used.has(each.id));
  const wanted = isFollowUp ? pushed : kinds;
  const found = wanted.flatMap((kind) => own.filter((each) => each.kind === kind))[0];
  if (!found) return "I don't know.";
  used.add(found.id);
  // The terminal reads one line at a time.
  return found.answer.replace(/\s*\n\s*/g, ' ');
}

const parts: string[] = [];
for (const candidate of CANDIDATES) parts.push(await play(candidate));
writeFileSync(
  fileURLToPath(new URL('../../docs/interviews.md', import.meta.url)),
  `# Three interviews\n\nReal output of the terminal, written by \`npm run docs:interviews\`. Lines that begin with \`>\` are typed; the answers come\nfrom the labelled set in \`data/grading\`.\n\n${parts.join('\n')}`,
);
