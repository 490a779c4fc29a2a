import { expect, test } from 'vitest';
import type { Values } from '../../../src/bot/request.ts';
import { STRONG } from '../../scenarios/mock.ts';
import { spokenItem } from '../../support/items.ts';
import { createWorld, type World, words } from '../../support/world.ts';

/**
 * Lines that buttons, menus and forms of running interviews and of peers carried in any released version: what was said
 * before, the line, what was chosen or filled in with it, and what it then does. Rows are added and never changed.
 */
type Played = {
  before: readonly string[];
  line: string;
  values?: Values;
  does: RegExp;
};

const GO = 'mock go interview:1';
const ANSWER = `mock answer interview:1 text:"${STRONG}"`;
const VERDICT = [GO, ANSWER, GO];
const END = [...VERDICT, 'mock end interview:1 confirm:yes'];
const PAUSED = [GO, 'mock pause interview:1'];

const INTERVIEWS: readonly Played[] = [
  { before: [], line: 'mock go interview:1 at:0', does: /^Question 1 of 2/ },
  { before: [GO], line: 'mock show interview:1', does: /^Question 1 of 2/ },
  ...['', ' asked:1'].map((asked) => ({
    before: [GO],
    line: `mock answer interview:1${asked}`,
    values: { text: STRONG },
    does: /^Your answer \(44 words\): Because decode/,
  })),
  { before: [GO], line: 'mock hint interview:1 at:1 number:1', does: /Hint 1: The first hint/ },
  { before: [GO, ANSWER], line: 'mock back interview:1 at:2', does: /^Question 1 of 2/ },
  { before: [GO], line: 'mock skip interview:1 at:1', does: /^Question 1: Skipped/ },
  { before: [GO], line: 'mock pause interview:1 at:1', does: /^Paused/ },
  { before: PAUSED, line: 'mock resume interview:1', does: /^Question 1 of 2/ },
  { before: PAUSED, line: 'mock resume interview:1 at:2', does: /^Question 1 of 2/ },
  { before: [GO], line: 'mock time interview:1 at:1 action:extend', does: /The timer ends at/ },
  { before: [GO], line: 'mock time interview:1 at:1 action:off', does: /No timer\./ },
  { before: VERDICT, line: 'mock review interview:1', does: /1\. Excellent/ },
  { before: [GO], line: 'mock end interview:1 at:1', does: /^End the interview\?/ },
  { before: [GO], line: 'mock end interview:1', does: /^End the interview\?/ },
  { before: VERDICT, line: 'mock end interview:1 confirm:yes', does: /^Your report/ },
  { before: END, line: 'mock report interview:1', does: /^Your report/ },
  { before: END, line: 'mock model interview:1 item:1', does: /^Model answer/ },
  {
    before: END,
    line: 'mock tick interview:1 item:1',
    values: { points: 'stored' },
    does: /^Question 1: Excellent/,
  },
  { before: END, line: 'mock share interview:1', does: /^Share this report\?/ },
  { before: END, line: 'mock share interview:1 confirm:yes', does: /Posting your report/ },
  { before: END, line: 'mock delete interview:1', does: /^Delete this interview\?/ },
  { before: END, line: 'mock delete interview:1 confirm:yes', does: /^Interview deleted/ },
];

const HERE = ['ana: peer here session:1', 'bo: peer here session:1'];
const ON = ['bo: peer accept session:1', 'tick', ...HERE];
const OVER = [...ON, 'ana: peer stop session:1 confirm:yes'];
const feedbackOf = (as: string) =>
  `${as}: peer feedback session:1 overall:3 well:"Clear" better:"More numbers"`;

/** Ana has invited Bo, and asks first; each line is of the one in front of it. */
const PEERS: readonly Played[] = [
  { before: [], line: 'bo: peer accept session:1', does: /^Accepted/ },
  { before: [], line: 'bo: peer accept session:1 level:hard', does: /^Accepted/ },
  { before: [], line: 'bo: peer decline session:1', does: /^Declined/ },
  { before: ON.slice(0, 2), line: 'ana: peer here session:1', does: /^ana joined/ },
  { before: ON, line: 'ana: peer panel session:1', does: /^Panel \(only you/ },
  { before: ON, line: 'ana: peer panel session:1 hints:1', does: /The first hint/ },
  { before: ON, line: 'ana: peer panel session:1 question:s4 hints:2', does: /The second hint/ },
  {
    before: ON,
    line: 'ana: peer mark session:1 question:s4 hints:1 dimension:depth',
    values: { mark: '3' },
    does: /^Panel \(only you/,
  },
  {
    before: ON,
    line: 'ana: peer note session:1 question:s4',
    values: { note: 'Asked for numbers' },
    does: /^Note saved/,
  },
  { before: ON, line: 'ana: peer next session:1 at:0 half:1', does: /^Question 2 of 2/ },
  { before: ON, line: 'bo: peer stop session:1', does: /^Stop the interview for both/ },
  { before: ON, line: 'bo: peer stop session:1 confirm:yes', does: /^Time for feedback/ },
  {
    before: OVER,
    line: 'ana: peer feedback session:1',
    values: { overall: '3', well: 'Clear', better: 'More numbers' },
    does: /^Thanks!/,
  },
  {
    before: [...OVER, feedbackOf('ana'), feedbackOf('bo'), 'tick'],
    line: 'bo: peer read session:1',
    does: /^Feedback from ana/,
  },
];

/** Every format in which a line was ever carried: by itself, or under its hash. */
const FORMATS = ['1:', '1#', '2:', '2#'] as const;

/** What each format of a line does in a situation of its own, which is the same. */
async function played(open: () => Promise<World>, { line, values, as = 'ana' }: Pressed) {
  const said: unknown[] = [];
  for (const format of FORMATS) {
    const world = await open();
    const saved = format.endsWith('#') ? 'hash-of-the-line' : line;
    if (saved !== line) await world.store.saveCommand(saved, line, world.clock.now());
    const press = { kind: 'button', id: format + saved, ...(values ? { values } : {}) } as const;
    const step = await world.prepare(press, { as });
    said.push(step.kind === 'run' ? words(await step.run()) : step);
    world.close();
  }
  const [first, ...others] = said;
  expect(others).toEqual([first, first, first]);
  return first;
}

type Pressed = { line: string; values?: Values | undefined; as?: string };

test.each(INTERVIEWS)('of a running interview: $line', async ({ before, line, values, does }) => {
  const open = async () => {
    const world = createWorld({ isDirect: true, questions: [spokenItem('s1'), spokenItem('s2')] });
    await world.ask('mock 15');
    for (const each of before) await world.ask(each);
    return world;
  };

  expect(await played(open, { line, values })).toMatch(does);
});

test.each(PEERS)('of peers: $line', async ({ before, line, values, does }) => {
  const open = async () => {
    const questions = ['s1', 's2', 's3', 's4'].map((id) => spokenItem(id));
    const world = createWorld({ questions });
    await world.ask('help', { as: 'bo' });
    await world.ask('mock peer with:@bo');
    for (const each of before) {
      const [as = '', rest = ''] = each.split(': ');
      await (rest === '' ? world.tick() : world.ask(rest, { as }));
    }
    return world;
  };
  const [as = '', rest = ''] = line.split(': ');

  expect(await played(open, { line: rest, values, as })).toMatch(does);
});
