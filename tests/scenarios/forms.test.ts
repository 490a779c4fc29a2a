import { beforeAll, expect, test } from 'vitest';
import { gradeInTests } from '../support/grading.ts';
import { freeTextItem, numericItem } from '../support/items.ts';
import { smallCatalog } from '../support/machine.ts';
import { machineOn, STAGES } from '../support/stages.ts';
import { form, message } from './daily.ts';
import { openInterview, STRONG } from './mock.ts';

const CHATS = ['discord', 'slack socket', 'slack http'] as const;

// The first grade of a process reads the lexicon, which can take longer than a stage waits for an answer.
beforeAll(() => void gradeInTests(freeTextItem('s1'), STRONG), 60_000);

// The terminal asks one field after the other and checks each at once, see its own tests.
test.each(STAGES.filter((name) => name !== 'terminal'))(
  'all that is wrong with a form is told at once, and it stays open: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const ana = machine.stage.actor('ana');

    const empty = form(await ana.command('estimate kv'));
    const refused = form(await ana.fill(empty, { model: 'llamma 99x', context: 'a lot' }));
    const filled = await ana.fill(refused, { model: 'llama-3.1-8b', context: '32k' });

    expect(refused.problem).toContain('I don\'t know the model "llamma 99x"');
    expect(refused.problem).toContain('"a lot" isn\'t a whole number');
    expect(message(filled).text).toContain('4.0 GiB');
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each(CHATS)('a form that is sent empty says what is missing: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');

  for (const kind of ['kv', 'lora', 'train', 'compare', 'latency', 'cost']) {
    const command = `estimate ${kind}`;
    const sent = form(await ana.fill(form(await ana.command(command)), {}));
    expect(sent.problem, command).toMatch(/Which model|Compare with what/);
  }
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)(
  'a question stands in the form of its answer, which a slip keeps open: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name, { catalog: smallCatalog([numericItem('n1')]) });
    const ana = machine.stage.actor('ana', { admin: true });
    const values = { channel: machine.stage.channel, time: '09:00', zone: 'UTC' };
    const panel = message(await ana.fill(form(await ana.command('setup')), values));
    await ana.press(panel, 'Turn on');
    await machine.comeTo('2026-03-02T09:00:00Z');
    const [post] = await machine.stage.messages(machine.stage.channel);
    if (!post) throw new Error('nothing was posted');

    const card = message(await ana.press(post, 'Answer'));
    const label = card.buttons.find((each) => each.startsWith('Enter number')) ?? '';
    const asked = form(await ana.press(card, label));
    const slip = form(await ana.fill(asked, { value: 'twelve' }));
    const right = message(await ana.fill(slip, { value: '16' }));

    expect(asked.about).toContain(numericItem('n1').prompt);
    expect(slip.problem).toContain("didn't use a try");
    expect(slip.about).toContain(numericItem('n1').prompt);
    expect(right.text).toContain('Correct');
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each(CHATS)("an interview's question stands in the form of its answer: %s", async (name) => {
  const { machine, stop } = await machineOn(name);
  const ana = machine.stage.actor('ana');
  const card = message(await ana.press(await openInterview(machine, ana), 'Start'));

  const asked = form(await ana.press(card, 'Answer'));

  expect(asked.about).toContain('Why does serving keep a cache');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(STAGES)('who may not use a command meets no form: %s', async (name) => {
  const { machine, stop } = await machineOn(name);
  const refused = message(await machine.stage.actor('bo').command('setup'));

  expect(refused.text).toContain('admins can use');
  expect(machine.stage.complaints()).toEqual([]);
  await stop();
});

test.each(CHATS)(
  'a schedule is edited and deleted with buttons, and a draft is none: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const { store, stage } = machine;
    const ana = stage.actor('ana', { admin: true });

    const panel = message(await ana.fill(form(await ana.command('setup')), { time: '08:00' }));
    const draft = await store.schedule(1);
    const edit = form(await ana.press(panel, 'Edit'));
    const slip = form(await ana.fill(edit, { time: 'noonish', zone: 'Atlantis' }));
    const edited = message(await ana.fill(slip, { time: '10:30', zone: 'Europe/Paris' }));
    const changed = await store.schedule(1);
    const asked = message(await ana.press(edited, 'Delete'));
    const kept = await store.schedule(1);
    await ana.press(asked, 'Delete schedule');

    expect(draft).toMatchObject({ state: 'draft', time: '08:00' });
    expect(await store.schedulesOf(draft?.teamId ?? '')).toEqual([]);
    expect(edit.fields.map(({ name: field }) => field)).toEqual([
      'time',
      'zone',
      'days',
      'difficulty',
      'chapters',
    ]);
    expect(edit.fields[0]?.value).toBe('08:00');
    expect(slip.problem).toContain('"noonish" isn\'t a time');
    expect(slip.problem).toContain('time zone "Atlantis"');
    expect(changed).toMatchObject({ time: '10:30', zone: 'Europe/Paris' });
    expect(kept).toBeDefined();
    expect(await store.schedule(1)).toBeUndefined();
    expect(stage.complaints()).toEqual([]);
    await stop();
  },
);

test.each(CHATS)(
  'an interview alone is asked for in a form, and a partner is picked: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const ana = machine.stage.actor('ana');

    const solo = form(await ana.command('mock'));
    const doors = message(await ana.command('mock', { mode: 'peer' }));
    const peer = form(await ana.press(doors, 'Choose teammate'));
    const lobby = message(await ana.press(doors, 'Find a partner'));
    const opened = message(await ana.fill(solo, { minutes: '15' }));

    expect(solo.fields.map(({ name: field, value }) => [field, value])).toContainEqual([
      'minutes',
      '30',
    ]);
    expect(solo.fields.find(({ name: field }) => field === 'chapters')?.choices).toContain(
      'All chapters',
    );
    expect(peer.fields.map(({ name: field }) => field)).toEqual(['with', 'level']);
    expect(lobby.text).toContain('lobby');
    expect(opened.text).toContain('Your interview opens');
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);
