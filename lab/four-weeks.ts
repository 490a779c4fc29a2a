import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTerminal } from '../src/adapters/terminal/index.ts';
import { createApp } from '../src/app.ts';
import { readCatalog } from '../src/catalog.ts';
import { dayIn } from '../src/core/time.ts';
import { type Colleague, countedIds, createDemo, movableClock } from '../src/demo/demo.ts';
import { createDraw } from '../src/pictures/png.ts';
import type { Outgoing } from '../src/spine/platform.ts';
import { openSqlite } from '../src/store/sqlite.ts';

/** Plays four weeks of a team of twelve in the terminal and writes what each of them read to docs/together.md. */

const ZONE = 'Europe/Berlin';
const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));

const TEAM: readonly Colleague[] = [
  { id: 'ana', name: 'Ana', answers: 1, right: 0.9 },
  // Two weeks away.
  {
    id: 'ben',
    name: 'Ben',
    answers: 1,
    right: 0.7,
    isThere: (day) => day < '2026-01-19' || day > '2026-01-30',
  },
  // New in the third week.
  { id: 'nora', name: 'Nora', answers: 1, right: 0.85, isThere: (day) => day >= '2026-01-26' },
  // Takes part every day, and is last.
  { id: 'carl', name: 'Carl', answers: 0.95, right: 0.2 },
  { id: 'mira', name: 'Mira', answers: 0.95, right: 0.75 },
  { id: 'tomas', name: 'Tomás', answers: 0.85, right: 0.6 },
  { id: 'wei', name: 'Wei', answers: 0.9, right: 0.5 },
  { id: 'lena', name: 'Lena', answers: 0.8, right: 0.65 },
  { id: 'omar', name: 'Omar', answers: 0.7, right: 0.55 },
  { id: 'emma', name: 'Emma', answers: 0.9, right: 0.8 },
  { id: 'paul', name: 'Paul', answers: 0.6, right: 0.45 },
];

const GROUPS: Record<string, string[]> = {
  blue: ['Ana', 'Ben', 'Carl', 'Mira'],
  green: ['Tomás', 'Wei', 'Lena', 'Nora'],
  red: ['Omar', 'Emma', 'Paul', 'You'],
};

const clock = movableClock(new Date('2026-01-12T08:00:00Z'));
const { store, close } = openSqlite(':memory:');
const machine = createApp({
  store,
  catalog: readCatalog().catalog,
  clock,
  emit: () => {},
  isUnlimited: true,
  newId: countedIds(),
  process: 'docs',
});
const demo = createDemo({
  bot: machine.bot,
  store,
  clock,
  tick: machine.ticker.tick,
  zone: ZONE,
  locale: 'en-GB',
  daysBefore: 0,
  colleagues: TEAM,
});
const lines: string[] = [];
const terminal = createTerminal({
  bot: machine.bot,
  world: demo.world,
  look: { isColorful: false, zone: ZONE, locale: 'en-GB' },
  write: (line) => lines.push(line),
});
const sent: { at: Date; outgoing: Outgoing; text: string }[] = [];
machine.platforms.set('terminal', {
  ...terminal.platform,
  async send(outgoing) {
    const from = lines.length;
    const outcome = await terminal.platform.send(outgoing);
    sent.push({ at: clock.now(), outgoing, text: lines.slice(from).join('\n').trim() });
    return outcome;
  },
});

/** What a person reads when they enter a line. */
async function read(name: string, line: string): Promise<string> {
  await terminal.line(`as ${name}`);
  const from = lines.length;
  await terminal.line(line);
  await machine.ticker.idle();
  return `> ${line}\n${lines.slice(from).join('\n').trim()}`;
}

const until = async (words: string) => void (await demo.world.jump(words));
const block = (text: string) => `\`\`\`\n${text.trim()}\n\`\`\`\n`;
const posted = (title: string) =>
  sent.filter(
    ({ outgoing }) =>
      'reply' in outgoing && outgoing.kind === 'post' && outgoing.reply.title === title,
  );
const remindersTo = (id: string) =>
  sent.filter(
    ({ outgoing }) => outgoing.kind === 'direct' && outgoing.account === `terminal:${id}`,
  );

/** The picture of a message in both themes; its words stand beside it. */
async function draw(name: string, outgoing: Outgoing | undefined): Promise<string> {
  const blocks = outgoing && 'reply' in outgoing ? outgoing.reply.blocks : [];
  const chart = blocks.find((each) => each.kind === 'chart');
  if (!chart) throw new Error(`${name} has no picture`);
  const toPng = await createDraw((error) => {
    throw error;
  });
  for (const theme of ['light', 'dark'] as const) {
    const png = await toPng(chart.chart, theme);
    if (png) writeFileSync(`${DOCS}pictures/${name}-${theme}.png`, png);
  }
  const source = `<source media="(prefers-color-scheme: dark)" srcset="pictures/${name}-dark.png">`;
  return `<picture>${source}<img src="pictures/${name}-light.png" width="360" alt="${chart.alt}"></picture>\n`;
}

await demo.begin();
await read('You', 'digest on days:fri time:16:00');
await read('You', 'digest on what:leaderboard days:mon time:12:00');
for (const [group, names] of Object.entries(GROUPS))
  for (const name of names) if (name !== 'Nora') await read(name, `group join ${group}`);
const asked = await read('Ben', 'remind 18:00');
await read('Ana', 'remind time:09:30 about:daily');
await until('2026-01-16 17:00');
const [firstDigest] = posted('Weekly digest');
await until('2026-01-26 08:00');
await read('Nora', 'group join green');
await until('2026-01-30 17:00');
const nora = await read('Nora', 'leaderboard place');
await until('2026-02-06 17:00');

const digests = posted('Weekly digest');
const boards = posted('Leaderboard');
const days = (id: string) => new Set(remindersTo(id).map(({ at }) => dayIn(at, ZONE))).size;
const away = remindersTo('ben').filter(
  ({ at }) => at > new Date('2026-01-19') && at < new Date('2026-01-31'),
);
const parts = [
  `# Four weeks of a team

Real output of the terminal, written by \`npm run lab four-weeks\`: twelve simulated people, a question on every weekday, a digest
on Fridays, and the leaderboard on Mondays. Lines that begin with \`>\` are typed. How points work is in [scoring](scoring.md).

## The first day

The team lead runs \`digest on days:fri time:16:00\`. One press in any of its messages turns it off again.
`,
  'Ben wants one message a day, in private, at his own time.\n',
  block(asked),
  '## The first Friday\n',
  block(firstDigest?.text ?? ''),
  await draw('together-digest', firstDigest?.outgoing),
  `## Ben, who was away for two weeks

He got ${away.length} reminders in these two weeks. The fifth that he didn't use said that it was the last one. Back in the
fourth week:
`,
  block(await read('Ben', 'leaderboard')),
  "## Nora, who came in the third week\n\nAfter a week, without anybody's name:\n",
  block(nora),
  '## Carl, who is last\n\nNothing in the channel says so: the digest names only who answered everything, and his own place looks up.\n',
  block(await read('Carl', 'leaderboard place')),
  block(await read('Carl', 'leaderboard groups')),
  '## Ana, who never misses\n\nThe leaderboard in the channel on the last Monday:\n',
  await draw('together-board', boards.at(-1)?.outgoing),
  '## The team lead\n',
  block(await read('You', 'status view:team')),
  'The last digest:\n',
  block(digests.at(-1)?.text ?? ''),
  `## What came without being asked for

| | Messages in four weeks |
|---|---|
| Channel: digests | ${digests.length} |
| Channel: leaderboards | ${boards.length} |
| Ana, in private | ${remindersTo('ana').length} on ${days('ana')} days |
| Ben, in private | ${remindersTo('ben').length} on ${days('ben')} days |
| Everyone else, in private | ${sent.filter(({ outgoing }) => outgoing.kind === 'direct').length - remindersTo('ana').length - remindersTo('ben').length} |

The last one that Ben got while he was away:
`,
  block(away.at(-1)?.text ?? ''),
];
writeFileSync(`${DOCS}together.md`, parts.join('\n'));
close();
