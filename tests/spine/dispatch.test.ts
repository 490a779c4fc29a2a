import { expect, test } from 'vitest';
import { buttonId } from '../../src/spine/button.ts';
import { UserError } from '../../src/spine/errors.ts';
import type { WorkOnFile } from '../../src/spine/files.ts';
import { createWorld, words } from '../support/world.ts';

test('an unknown command suggests the nearest one', async () => {
  const world = createWorld();

  expect(words(await world.ask('leaderbord'))).toContain('Did you mean leaderboard?');
});

test.each(['hint', 'a', '?', 'abc'])('the short word "%s" suggests nothing', async (typed) => {
  const world = createWorld();

  expect(words(await world.ask(typed))).not.toContain('Did you mean');
});

test('invisible characters alone are nothing said', async () => {
  const world = createWorld();

  expect(words(await world.ask('\u200b'))).toContain('What would you like to do?');
});

test('a number that is far too long comes back short', async () => {
  const world = createWorld();

  expect(words(await world.ask(`vram ${'9'.repeat(400)}`)).length).toBeLessThan(200);
});

test('hostile text comes back harmless and short', async () => {
  const world = createWorld();

  for (const text of [
    '@everyone',
    '<!channel>',
    '`'.repeat(5000),
    '\u0000\u202e',
    'a'.repeat(5000),
  ]) {
    const reply = await world.ask(text);
    expect(reply.visibility).toBe('private');
    expect(words(reply).length).toBeLessThan(200);
  }
});

test('what only admins may do is refused kindly', async () => {
  const world = createWorld();

  expect(words(await world.ask('setup check'))).toContain('Only workspace admins');
  expect(words(await world.ask('daily skip'))).toContain('Only workspace admins');
});

test('setup with nothing asks for what is missing, with stored values', async () => {
  const world = createWorld();

  const form = await world.form('setup', { admin: true, zone: 'Europe/Berlin' });

  expect(form.fields.map(({ name, value }) => [name, value])).toEqual([
    ['channel', 'daily'],
    ['time', '09:00'],
    ['zone', 'Europe/Berlin'],
    ['days', 'weekdays'],
    ['difficulty', undefined],
  ]);
});

test('a form that is refused comes back with what was typed', async () => {
  const world = createWorld({ questions: [] });
  const form = await world.form('answer number', {});

  const step = await world.send(form, { post: 'abc', value: '5' });

  expect(step.kind === 'form' && step.form.problems).toEqual([
    { field: 'post', text: expect.stringContaining('"abc" isn\'t a whole number') },
  ]);
  expect(step.kind === 'form' && step.form.fields.map(({ value }) => value)).toContain('5');
});

test('a delivery that comes four times has one effect', async () => {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const said = { kind: 'button', id: buttonId('answer hint post:1 number:1').id } as const;

  const steps = [];
  for (let count = 0; count < 4; count += 1) {
    const step = await world.prepare(said, { delivery: 'D1' });
    if (step.kind === 'run') await step.run();
    steps.push(step.kind);
  }

  expect(steps).toEqual(['run', 'nothing', 'nothing', 'nothing']);
});

test('a reply does not wait for the commit that takes its delivery', async () => {
  const world = createWorld();
  const { takeDelivery } = world.store;
  let letThrough = () => {};
  world.store.takeDelivery = (taking) =>
    new Promise((resolve, reject) => {
      letThrough = () => takeDelivery(taking).then(resolve, reject);
    });

  const step = await world.prepare({ kind: 'text', text: 'help' }, { delivery: 'D0' });
  const reply = step.kind === 'run' ? await step.run() : undefined;
  world.store.takeDelivery = takeDelivery;
  letThrough();

  expect(reply?.isFault).toBeFalsy();
  expect(await world.prepare({ kind: 'text', text: 'help' }, { delivery: 'D0' })).toEqual({
    kind: 'nothing',
  });
});

test('a redelivery waits for the process that answers it, and answers it when that is gone', async () => {
  const world = createWorld();
  await world.store.takeDelivery({ id: 'D2', by: 'a process that died', at: world.clock.now() });
  const said = { kind: 'text', text: 'help' } as const;
  let isWaiting = true;

  const step = world.prepare(said, { delivery: 'D2' }).finally(() => {
    isWaiting = false;
  });
  await new Promise((resolve) => setTimeout(resolve, 600));
  const waited = isWaiting;
  world.clock.moveTo(new Date(world.clock.now().getTime() + 4000));

  expect([waited, (await step).kind]).toEqual([true, 'run']);
});

test('a redelivery of what this process answers waits for its end', async () => {
  const world = createWorld();
  const said = { kind: 'text', text: 'help' } as const;
  const first = await world.prepare(said, { delivery: 'D3' });
  let isWaiting = true;
  const second = world.prepare(said, { delivery: 'D3' }).finally(() => {
    isWaiting = false;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const waited = isWaiting;
  if (first.kind === 'run') await first.run();

  expect([waited, (await second).kind]).toEqual([true, 'nothing']);
});

// What fails with another and is waited for by nobody, vitest calls unhandled, and a process may end by it.
test.each([['meet'], ['recordAttempt', 'greetOnce']] as const)(
  'what was promised comes later when %s fails for want of the database',
  async (...methods) => {
    const world = createWorld();
    await world.setUp();
    await world.comeTo('2026-03-02T09:00:00Z');
    await world.ask('help', { as: 'bo' });
    const given = { id: 'D4', platform: 'terminal', account: 'terminal:bo', payload: {} } as const;
    for (const method of methods)
      world.store[method] = async () => {
        await world.bot.storeDelivery(given);
        throw Object.assign(new Error('no database'), { isUnwritable: true });
      };

    const answer = { kind: 'text', text: 'answer post:1 choice:b' } as const;
    const step = await world.prepare(answer, { as: 'bo', delivery: 'D4' });
    const reply = step.kind === 'run' ? await step.run() : undefined;
    await world.bot.settle();

    expect(reply && words(reply)).toContain("I'll try again");
    expect(await world.store.nextAdoption('terminal')).toBeDefined();
  },
);

test('a redelivery stays promised when it is stored before the failure of the first is over', async () => {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('help', { as: 'bo' });
  world.store.recordAttempt = async () => {
    throw Object.assign(new Error('no database'), { isUnwritable: true });
  };

  const answer = { kind: 'text', text: 'answer post:1 choice:b' } as const;
  const step = await world.prepare(answer, { as: 'bo', delivery: 'D5' });
  const reply = step.kind === 'run' ? await step.run() : undefined;
  const given = { id: 'D5', platform: 'terminal', account: 'terminal:bo', payload: {} } as const;
  await world.bot.storeDelivery(given);
  await world.bot.settle();

  expect(reply?.isFault).toBe(true);
  expect(await world.store.nextAdoption('terminal')).toBeDefined();
});

test('a failure shows a reference and nothing else', async () => {
  const world = createWorld();
  await world.ask('help');
  world.close();

  const reply = await world.ask('help');

  expect(words(reply)).toMatch(/send code \S+/);
  expect(words(reply)).not.toMatch(/database|sqlite|Error/i);
  expect(world.events.some(({ kind }) => kind === 'failed')).toBe(true);
});

test('an old, foreign or damaged button is refused kindly', async () => {
  const world = createWorld();

  for (const id of ['', 'whatever', '1#unknownhash', '1:me hide', '9:daily']) {
    const step = await world.prepare({ kind: 'button', id });
    expect(step.kind === 'run' && words(await step.run())).toContain(
      'This button has expired. Run help',
    );
  }
});

test('too much at once is asked to wait', async () => {
  const world = createWorld();
  let last = '';

  for (let count = 0; count < 70; count += 1) last = words(await world.ask('help'));

  expect(last).toMatch(/Try again in \d+ seconds?/);
});

test('requests that take long are counted by their time, and refused before anything is read', async () => {
  let used = 0;
  const world = createWorld({ meter: () => used });
  const costly = async (line: string) => {
    const step = world.prepare({ kind: 'text', text: line });
    used += 2000;
    const prepared = await step;
    return prepared.kind === 'run' ? words(await prepared.run()) : '';
  };

  expect(await costly('help')).not.toContain('Try again');
  expect(await costly('help')).not.toContain('Try again');
  expect(await costly('no such command')).toMatch(
    /Your last requests took a lot of computing. Try again in \d+ seconds?/,
  );
  expect(
    await world.bot.suggest(world.request({ kind: 'text', text: '' }), 'vram', 'model', 'llama'),
  ).toEqual([]);
  world.clock.moveTo(new Date(world.clock.now().getTime() + 120_000));
  expect(words(await world.ask('help'))).not.toContain('Too many requests');
});

test('files that keep the worker busy are counted by its time', async () => {
  const slow: WorkOnFile = async (work, _person, took) => {
    took?.(15_000);
    throw new UserError(`This ${work.kind} took long.`);
  };
  const world = createWorld({ workOnFile: slow });
  const upload = async (as: string) => {
    const file = { name: 'bank.yaml', bytes: 10, text: async () => '- id: x' };
    const said = { kind: 'command', command: 'question import', values: { file } } as const;
    const step = await world.prepare(said, { as, admin: true });
    return step.kind === 'run' ? words(await step.run()) : step.kind;
  };

  expect(await upload('ana')).toContain('took long');
  expect(await upload('ana')).toContain('took long');
  expect(await upload('ana')).toMatch(
    /Your last files took a lot of work. Try again in 3\d seconds/,
  );
  expect(await upload('bo')).toContain('took long');
  expect(words(await world.ask('help'))).not.toContain('Try again');
  world.clock.moveTo(new Date(world.clock.now().getTime() + 31_000));
  expect(await upload('ana')).toContain('took long');
});

test('what was written in a form that can no longer be read comes back', async () => {
  const world = createWorld();

  const step = await world.prepare({
    kind: 'form',
    id: '1#unknownhash',
    values: { text: 'An answer that took ten minutes' },
  });

  const reply = step.kind === 'run' ? words(await step.run()) : '';
  expect(reply).toContain('This button has expired. Run help');
  expect(reply).toContain('An answer that took ten minutes');
});
