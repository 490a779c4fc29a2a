import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buttonId } from '../../../src/bot/button.ts';
import type { Command, Context } from '../../../src/bot/command.ts';
import { parseRequest } from '../../../src/bot/parsing/parse-request.ts';
import type { RequestInput, Values } from '../../../src/bot/request.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { singleItem, spokenItem } from '../../support/items.ts';
import { createWorld, runOf, type World, words } from '../../support/world.ts';

/**
 * A line of each shape that a button, a menu or a form of version 1 ever carried, its command and its values. Buttons
 * stand in channels for years: rows are added and never changed, unless a command or an option is renamed.
 */
const LINES: [line: string, command: string, values: Values][] = [
  ['answer 1042', 'answer', { post: 1042 }],
  ['answer post:1042 try:2', 'answer', { post: 1042, try: 2 }],
  ['answer post:1042 try:1 choice:b', 'answer', { post: 1042, try: 1, choice: 'b' }],
  ['answer post:1042 try:1 choice:a,c', 'answer', { post: 1042, try: 1, choice: 'a,c' }],
  ['answer number post:7 try:1', 'answer number', { post: 7, try: 1 }],
  ['answer number post:7 try:1 value:2.97', 'answer number', { post: 7, try: 1, value: '2.97' }],
  ['answer number post:7 try:1 value:0.5', 'answer number', { post: 7, try: 1, value: '0.5' }],
  ['answer order post:7 try:2', 'answer order', { post: 7, try: 2 }],
  ['answer order post:7 try:1 letters:BACD', 'answer order', { post: 7, try: 1, letters: 'BACD' }],
  ['answer hint post:7 number:2', 'answer hint', { post: 7, number: 2 }],
  ['answer reveal 7', 'answer reveal', { post: 7 }],
  ['answer words 7', 'answer words', { post: 7 }],
  [
    'answer words post:7 text:"I would measure it first, to be honest."',
    'answer words',
    { post: 7, text: 'I would measure it first, to be honest.' },
  ],
  ['answer points 7', 'answer points', { post: 7 }],
  ['answer show 7 shown:yes', 'answer show', { shown: true, post: 7 }],
  ['answer show 7 shown:no', 'answer show', { shown: false, post: 7 }],
  ['vote 7 3', 'vote', { post: 7, number: 3 }],
  ['daily now schedule:2', 'daily', { schedule: 2, action: 'now' }],
  ['daily resume schedule:2', 'daily', { schedule: 2, action: 'resume' }],
  [
    'daily unskip schedule:2 day:2026-03-02',
    'daily',
    { schedule: 2, day: '2026-03-02', action: 'unskip' },
  ],
  ['daily action:again post:7', 'daily', { action: 'again', post: 7 }],
  ['daily action:found post:7', 'daily', { action: 'found', post: 7 }],
  ['setup', 'setup', {}],
  [
    'setup plan channel:daily time:09:00 zone:Europe/Berlin days:weekdays',
    'setup',
    { channel: 'daily', time: '09:00', zone: 'Europe/Berlin', days: 'weekdays', action: 'plan' },
  ],
  [
    'setup action:plan channel:daily time:09:00 zone:UTC days:weekdays',
    'setup',
    { action: 'plan', channel: 'daily', time: '09:00', zone: 'UTC', days: 'weekdays' },
  ],
  ['setup action:on schedule:2', 'setup', { action: 'on', schedule: 2 }],
  ['setup on schedule:2', 'setup', { schedule: 2, action: 'on' }],
  ['setup off schedule:2', 'setup', { schedule: 2, action: 'off' }],
  ['setup pause schedule:2', 'setup', { schedule: 2, action: 'pause' }],
  ['setup check schedule:2', 'setup', { schedule: 2, action: 'check' }],
  ['setup check channel:C0123', 'setup', { channel: 'C0123', action: 'check' }],
  ['setup check', 'setup', { action: 'check' }],
  ['setup change schedule:2', 'setup', { schedule: 2, action: 'change' }],
  ['status', 'status', {}],
  ['why', 'why', {}],
  ['home', 'home', {}],
  ['help', 'help', {}],
  ['leaderboard', 'leaderboard', {}],
  ['chapters', 'chapters', {}],
  ['me', 'me', {}],
  ['me hide', 'me', { action: 'hide' }],
  ['me unhide', 'me', { action: 'unhide' }],
  ['me export', 'me', { action: 'export' }],
  ['me delete', 'me', { action: 'delete' }],
  ['me delete confirm:yes', 'me', { confirm: true, action: 'delete' }],
  ['report c5-paged-problem', 'report', { question: 'c5-paged-problem' }],
  ['report gen-kv-size-x3f9a1b2', 'report', { question: 'gen-kv-size-x3f9a1b2' }],
  ['report t-abc23xyz', 'report', { question: 't-abc23xyz' }],
  ['report close 3 mended', 'report close', { report: 3, outcome: 'mended' }],
  ['report close 3 fine', 'report close', { report: 3, outcome: 'fine' }],
  ['quality c5-paged-problem', 'quality', { question: 'c5-paged-problem' }],
  ['question list', 'question list', {}],
  ['question list 2', 'question list', { page: 2 }],
  ['question new', 'question new', {}],
  ['question import', 'question import', {}],
  ['question export', 'question export', {}],
  ['question preview', 'question preview', {}],
  ['question preview c5-paged-problem', 'question preview', { id: 'c5-paged-problem' }],
  ['question preview suggestion:3', 'question preview', { suggestion: 3 }],
  ['question edit c5-paged-problem', 'question edit', { id: 'c5-paged-problem' }],
  ['question edit suggestion:3', 'question edit', { suggestion: 3 }],
  ['question disable c5-paged-problem', 'question disable', { id: 'c5-paged-problem' }],
  ['question enable c5-paged-problem', 'question enable', { id: 'c5-paged-problem' }],
  ['question reset c5-paged-problem', 'question reset', { id: 'c5-paged-problem' }],
  ['question drop 3', 'question drop', { suggestion: 3 }],
  ['question decline 3', 'question decline', { suggestion: 3 }],
  ['question suggest 3', 'question suggest', { suggestion: 3 }],
  [
    'question approve 3 seen:1772442000000',
    'question approve',
    { seen: 1772442000000, suggestion: 3 },
  ],
  ['question show c5-paged-problem', 'question show', { id: 'c5-paged-problem' }],
  [
    'question show c5-paged-problem answer:yes',
    'question show',
    { answer: true, id: 'c5-paged-problem' },
  ],
  ['question show c5-paged-problem hints:2', 'question show', { hints: 2, id: 'c5-paged-problem' }],
  ['question show id:c5-paged-problem', 'question show', { id: 'c5-paged-problem' }],
  ['mock solo', 'mock', { mode: 'solo' }],
  ['mock lobby', 'mock', { mode: 'lobby' }],
  ['mock calibrate', 'mock', { mode: 'calibrate' }],
  [
    'mock mode:lobby level:hard hours:17:00-20:00',
    'mock',
    { mode: 'lobby', level: 'hard', hours: '17:00-20:00' },
  ],
  ['mock mode:lobby', 'mock', { mode: 'lobby' }],
  ['mock mode:peer with:slack:T1/U2', 'mock', { mode: 'peer', with: 'slack:T1/U2' }],
  ['mock mode:peer with:terminal:bo', 'mock', { mode: 'peer', with: 'terminal:bo' }],
  ['mock grade sample:c1-open-a grade:3', 'mock grade', { sample: 'c1-open-a', grade: 3 }],
  ['mock go interview:3 at:4', 'mock go', { interview: 3, at: 4 }],
  ['mock answer interview:3', 'mock answer', { interview: 3 }],
  ['mock answer interview:3 asked:2', 'mock answer', { interview: 3, asked: 2 }],
  ['mock back interview:3 at:4', 'mock back', { interview: 3, at: 4 }],
  ['mock skip interview:3 at:4', 'mock skip', { interview: 3, at: 4 }],
  ['mock hint interview:3 at:4 number:1', 'mock hint', { interview: 3, at: 4, number: 1 }],
  ['mock pause interview:3 at:4', 'mock pause', { interview: 3, at: 4 }],
  ['mock resume interview:3', 'mock resume', { interview: 3 }],
  ['mock resume interview:3 at:4', 'mock resume', { interview: 3, at: 4 }],
  [
    'mock time interview:3 at:4 action:extend',
    'mock time',
    { interview: 3, at: 4, action: 'extend' },
  ],
  ['mock time interview:3 at:4 action:off', 'mock time', { interview: 3, at: 4, action: 'off' }],
  ['mock show interview:3', 'mock show', { interview: 3 }],
  ['mock end interview:3', 'mock end', { interview: 3 }],
  ['mock end interview:3 at:4', 'mock end', { interview: 3, at: 4 }],
  ['mock end interview:3 at:4 confirm:yes', 'mock end', { interview: 3, at: 4, confirm: true }],
  ['mock report interview:3', 'mock report', { interview: 3 }],
  ['mock review interview:3', 'mock review', { interview: 3 }],
  ['mock model interview:3 item:2', 'mock model', { interview: 3, item: 2 }],
  ['mock tick interview:3 item:2', 'mock tick', { interview: 3, item: 2 }],
  ['mock share interview:3', 'mock share', { interview: 3 }],
  ['mock share interview:3 confirm:yes', 'mock share', { interview: 3, confirm: true }],
  ['mock delete interview:3', 'mock delete', { interview: 3 }],
  ['mock delete interview:3 confirm:yes', 'mock delete', { interview: 3, confirm: true }],
  ['peer accept session:3', 'peer accept', { session: 3 }],
  ['peer accept session:3 level:hard', 'peer accept', { session: 3, level: 'hard' }],
  ['peer decline session:3', 'peer decline', { session: 3 }],
  ['peer here session:3', 'peer here', { session: 3 }],
  ['peer panel session:3', 'peer panel', { session: 3 }],
  ['peer panel session:3 hints:1', 'peer panel', { session: 3, hints: 1 }],
  [
    'peer panel session:3 question:c5-open-paged',
    'peer panel',
    { session: 3, question: 'c5-open-paged' },
  ],
  [
    'peer panel session:3 question:c5-open-paged hints:2',
    'peer panel',
    { session: 3, question: 'c5-open-paged', hints: 2 },
  ],
  [
    'peer mark session:3 question:c5-open-paged dimension:depth',
    'peer mark',
    { session: 3, question: 'c5-open-paged', dimension: 'depth' },
  ],
  [
    'peer mark session:3 question:c5-open-paged hints:1 dimension:trade-offs',
    'peer mark',
    { session: 3, question: 'c5-open-paged', hints: 1, dimension: 'trade-offs' },
  ],
  [
    'peer note session:3 question:c5-open-paged',
    'peer note',
    { session: 3, question: 'c5-open-paged' },
  ],
  ['peer next session:3 at:2 half:1', 'peer next', { session: 3, at: 2, half: '1' }],
  ['peer stop session:3', 'peer stop', { session: 3 }],
  ['peer stop session:3 confirm:yes', 'peer stop', { session: 3, confirm: true }],
  ['peer feedback session:3', 'peer feedback', { session: 3 }],
  ['peer read session:3', 'peer read', { session: 3 }],
  ['peer leave', 'peer leave', {}],
  ['drill kind:kv-size', 'drill', { kind: 'kv-size' }],
  ['drill chapter:5', 'drill', { chapter: 5 }],
  [
    'drill show item:gen-kv-size-x3f9a1b2 hints:1',
    'drill show',
    { item: 'gen-kv-size-x3f9a1b2', hints: 1 },
  ],
  [
    'drill show item:gen-kv-size-x3f9a1b2 answer:yes',
    'drill show',
    { item: 'gen-kv-size-x3f9a1b2', answer: true },
  ],
  ['drill answer item:gen-kv-size-x3f9a1b2', 'drill answer', { item: 'gen-kv-size-x3f9a1b2' }],
  [
    'drill answer item:gen-kv-size-x3f9a1b2 value:B',
    'drill answer',
    { item: 'gen-kv-size-x3f9a1b2', value: 'B' },
  ],
  ['vram model:llama-3.1-8b', 'vram', { model: 'llama-3.1-8b' }],
  [
    'vram model:llama-3.1-8b gpu:2xh100-sxm-80gb format:fp8 context:32k sequences:16 show:steps',
    'vram',
    {
      model: 'llama-3.1-8b',
      gpu: '2xh100-sxm-80gb',
      format: 'fp8',
      context: 32768,
      sequences: 16,
      show: 'steps',
    },
  ],
  [
    'vram model:"llama 3.1 8b" gpu:"2x h100" kv:fp8 engine:vllm show:sweep',
    'vram',
    { model: 'llama 3.1 8b', gpu: '2x h100', kv: 'fp8', engine: 'vllm', show: 'sweep' },
  ],
  [
    'vram model:llama-3.1-8b for:qlora rank:16 targets:all-linear gpu:rtx-4090-24gb',
    'vram',
    { model: 'llama-3.1-8b', for: 'qlora', rank: 16, targets: 'all-linear', gpu: 'rtx-4090-24gb' },
  ],
  [
    'vram model:llama-3.1-8b for:train optimizer:adamw-8bit precision:bf16 checkpointing:full zero:3 offload:none gpu:8xh100-sxm-80gb',
    'vram',
    {
      model: 'llama-3.1-8b',
      for: 'train',
      optimizer: 'adamw-8bit',
      precision: 'bf16',
      checkpointing: 'full',
      zero: 3,
      offload: 'none',
      gpu: '8xh100-sxm-80gb',
    },
  ],
  [
    'vram config:#kVq2xYz0123456789abcdefghijklmno context:8k',
    'vram',
    { config: '#kVq2xYz0123456789abcdefghijklmno', context: 8192 },
  ],
  [
    'kv model:llama-3.1-8b context:32k sequences:4 format:fp8 show:steps',
    'kv',
    { model: 'llama-3.1-8b', context: 32768, sequences: 4, format: 'fp8', show: 'steps' },
  ],
  ['fit gpu:rtx-4090-24gb', 'fit', { gpu: 'rtx-4090-24gb' }],
  ['fit model:llama-3.1-8b want:smallest', 'fit', { model: 'llama-3.1-8b', want: 'smallest' }],
  [
    'fit gpu:none want:cheapest model:llama-3.1-8b',
    'fit',
    { gpu: 'none', want: 'cheapest', model: 'llama-3.1-8b' },
  ],
  [
    'fit gpu:rtx-4090-24gb context:32768 sequences:1 engine:vllm kv:fp16',
    'fit',
    { gpu: 'rtx-4090-24gb', context: 32768, sequences: 1, engine: 'vllm', kv: 'fp16' },
  ],
  [
    'compare model:llama-3.1-8b other-model:qwen3-8b gpu:rtx-4090-24gb',
    'compare',
    { model: 'llama-3.1-8b', 'other-model': 'qwen3-8b', gpu: 'rtx-4090-24gb' },
  ],
  [
    'latency model:llama-3.3-70b gpu:4xh100-sxm-80gb format:fp8 prompt:2k output:500 sequences:16 show:steps',
    'latency',
    {
      model: 'llama-3.3-70b',
      gpu: '4xh100-sxm-80gb',
      format: 'fp8',
      prompt: 2048,
      output: 500,
      sequences: 16,
      show: 'steps',
    },
  ],
  [
    'cost model:llama-3.3-70b gpu:4xh100-sxm-80gb price:2.5 busy:0.4 prompt:2k output:500 sequences:32 show:steps',
    'cost',
    {
      model: 'llama-3.3-70b',
      gpu: '4xh100-sxm-80gb',
      price: 2.5,
      busy: 0.4,
      prompt: 2048,
      output: 500,
      sequences: 32,
      show: 'steps',
    },
  ],
  [
    'lora model:llama-3.1-8b rank:16 targets:attention dora:true show:steps',
    'lora',
    { model: 'llama-3.1-8b', rank: 16, targets: 'attention', dora: true, show: 'steps' },
  ],
  [
    'train model:llama-3.1-8b tokens:15t gpu:1024xh100-sxm-80gb utilisation:0.4 show:steps',
    'train',
    {
      model: 'llama-3.1-8b',
      tokens: '15t',
      gpu: '1024xh100-sxm-80gb',
      utilisation: 0.4,
      show: 'steps',
    },
  ],
  [
    'train parameters:70b tokens:1.4t gpu:512xh100-sxm-80gb show:steps',
    'train',
    { parameters: '70b', tokens: '1.4t', gpu: '512xh100-sxm-80gb', show: 'steps' },
  ],
  [
    'speculate model:llama-3.3-70b draft:llama-3.2-1b tokens:4 acceptance:0.7 show:steps',
    'speculate',
    { model: 'llama-3.3-70b', draft: 'llama-3.2-1b', tokens: 4, acceptance: 0.7, show: 'steps' },
  ],
  ['models llama-3.1-8b show:steps', 'models', { show: 'steps', name: 'llama-3.1-8b' }],
  ['models dbrx show:steps', 'models', { show: 'steps', name: 'dbrx' }],
  ['gpus rtx-4090-24gb default:me', 'gpus', { default: 'me', name: 'rtx-4090-24gb' }],
  ['gpus rtx-4090-24gb default:team', 'gpus', { default: 'team', name: 'rtx-4090-24gb' }],
  ['search words:"paged attention"', 'search', { words: 'paged attention' }],
  ['ask words:"kv cache of llama"', 'ask', { words: 'kv cache of llama' }],
  ['chapters chapter:5', 'chapters', { chapter: 5 }],
  ['help topic:daily', 'help', { topic: 'daily' }],
  ['leaderboard view:season', 'leaderboard', { view: 'season' }],
  ['me action:zone zone:Europe/Berlin', 'me', { action: 'zone', zone: 'Europe/Berlin' }],
  [
    'question stash prompt:"Why is decode slow?"',
    'question stash',
    { prompt: 'Why is decode slow?' },
  ],
  ['question export format:yaml scope:all', 'question export', { format: 'yaml', scope: 'all' }],
  [
    'setup schedule:2 chapters:5,6 difficulty:easy,hard closes:next open:monday',
    'setup',
    { schedule: 2, chapters: '5,6', difficulty: ['easy', 'hard'], closes: 'next', open: 'monday' },
  ],
  ['answer words post:7 shown:true', 'answer words', { post: 7, shown: true }],
];

const world = createWorld();

/** What a press says, whatever the commands declare for people who type. */
async function read(said: RequestInput, commands: readonly Command[] = COMMANDS) {
  const request = world.request(said);
  // A saved line is read with the store and the clock alone.
  const context = { store: world.store, clock: world.clock } as unknown as Context;
  const asked = await parseRequest(request, context, { commands });
  return asked && { command: asked.command.name, values: asked.values, problems: asked.problems };
}

test('every command of that time had a button, a menu or a form', () => {
  const since =
    /^(?:question later|mock here|quiz|review|server|path|plan|group|digest|remind|share.*|practice .*|live.*)$/;
  const named = new Set(LINES.map(([, command]) => command));
  const unnamed = COMMANDS.map(({ name }) => name).filter((name) => !named.has(name));

  expect(unnamed.filter((name) => !since.test(name))).toEqual([]);
});

/** The same commands, with words for people that change every line. */
const REWRITTEN = COMMANDS.map(
  (each): Command => ({
    ...each,
    rewrites: [[/.+/s, 'rewritten']],
    elsewhere: { when: /^/, command: 'help' },
  }),
);

test.each(LINES)('"%s" of version 1 says what it said', async (line, command, values) => {
  const expected = { command, values, problems: [] };
  await world.store.saveCommand(`hash of ${line}`, line, world.clock.now());

  expect(await read({ kind: 'button', id: `1:${line}` })).toEqual(expected);
  expect(await read({ kind: 'form', id: `1:${line}`, values: {} })).toEqual(expected);
  expect(await read({ kind: 'button', id: `1#hash of ${line}` })).toEqual(expected);
  expect(await read({ kind: 'button', id: `1:${line}` }, REWRITTEN)).toEqual(expected);
});

test('the readers of saved lines import nothing that knows words', () => {
  const importsOf = (file: string) =>
    [
      ...readFileSync(`src/bot/parsing/${file}`, 'utf8').matchAll(/^import (?!type ).*'(.*)';$/gm),
    ].map((found) => found[1]);

  expect(importsOf('old-buttons.ts')).toEqual(['./saved-line.ts']);
  expect(importsOf('saved-line.ts')).toEqual([]);
});

test.each([
  'answer hint 7',
  'answer seven',
  'kv llama-3.1-8b',
  'me hide please',
  'mock peer',
  'vote 7 3 1',
  'report close 3 tomorrow',
  'question list two',
  'can i run mixtral on 2x3090',
  'me nothing:here',
  'daily action:again post:"7',
  'gone',
  '',
])('the line "%s", which no button ever had, has expired', async (line) => {
  await expect(read({ kind: 'button', id: `1:${line}` })).rejects.toThrow(
    'This button has expired',
  );
});

test('a message that an older version stored is sent with the buttons that it had', () => {
  for (const [line, command] of LINES) {
    const { id } = buttonId(line);
    const isByName =
      line === command ||
      (line.startsWith(`${command} `) && /^[a-z-]+:/.test(line.slice(command.length + 1)));
    expect(id.slice(0, 1), line).toBe(isByName ? '2' : '1');
  }
});

const ADMIN = { admin: true };

/** A daily question is open, and ana may do everything. */
async function openQuestion(): Promise<World> {
  const opened = createWorld({ questions: [singleItem('q1'), singleItem('q2'), spokenItem('s1')] });
  await opened.setUp();
  await opened.comeTo('2026-03-02T09:00:00Z');
  return opened;
}

/** What a request shows in a situation of its own: the words of the reply, or the fields of the form. */
async function shown(said: RequestInput): Promise<unknown> {
  const situation = await openQuestion();
  const step = await situation.prepare(said, ADMIN);
  const result =
    step.kind === 'run'
      ? words(await step.run())
      : step.kind === 'form' && [step.form.title, step.form.fields];
  situation.close();
  return result;
}

test.each([
  'answer 1',
  'answer post:1 try:1 choice:a',
  'answer hint post:1 number:1',
  'answer reveal 1',
  'report q1',
  'quality q1',
  'question show q1',
  'question show q1 answer:yes',
  'question edit q1',
  'question disable q1',
  'question list 1',
  'setup on schedule:1',
  'setup off schedule:1',
  'setup check schedule:1',
  'setup change schedule:1',
  'daily now schedule:1',
  'daily resume schedule:1',
  'me hide',
  'me delete',
  'mock solo',
  'mock lobby',
  'mock calibrate',
  'models llama-3.1-8b show:steps',
  'gpus h100-sxm-80gb default:me',
  'vram model:llama-3.1-8b',
])('the button "%s" of version 1 does what the same words do', async (line) => {
  const typed = await shown({ kind: 'text', text: line });

  expect(await shown({ kind: 'button', id: `1:${line}` })).toEqual(typed);
  expect(JSON.stringify(typed)).not.toContain('expired');
});

test('a menu and a form of version 1 are taken with what was chosen and typed', async () => {
  const situation = await openQuestion();
  const run = async (said: RequestInput) => {
    const step = await situation.prepare(said, ADMIN);
    return step.kind === 'run' ? words(await step.run()) : '';
  };

  const menu = {
    kind: 'button',
    id: '1:setup change schedule:1',
    values: { days: 'sat' },
  } as const;
  const form = { kind: 'form', id: '1:report q1', values: { text: 'A typo' } } as const;

  expect(await run(menu)).toContain('Sat');
  expect(await run(form)).toContain('Thank');
  situation.close();
});

test('a card that was posted before is answered with the buttons of today', async () => {
  const situation = await openQuestion();
  const old = await situation.prepare({ kind: 'button', id: '1:answer 1' });
  const card = old.kind === 'run' ? await old.run() : { blocks: [] };

  const { id } = buttonId(runOf(card, 'A'));
  expect(id).toMatch(/^2:answer post:1 /);
  expect(words(await situation.press(card, 'A'))).not.toContain('expired');
  situation.close();
});
