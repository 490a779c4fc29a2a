import { expect, test } from 'vitest';
import { buttonId } from '../../../../src/spine/button.ts';
import type { Form } from '../../../../src/spine/form.ts';
import type { Reply } from '../../../../src/spine/reply.ts';
import { PARTIAL, STRONG } from '../../../scenarios/mock.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

/** An interview whose first question is asked, and its card. */
async function asking(): Promise<{ world: World; card: Reply }> {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask('mock solo');
  return { world, card: await world.ask('mock go interview:1') };
}

/** Presses Answer on a card: a form, or why there is none. */
async function pressAnswer(world: World, card: Reply): Promise<Form | string> {
  const run = card.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find(({ label }) => label === 'Answer')?.run;
  if (!run) throw new Error(`No button to answer in: ${words(card)}`);
  const step = await world.prepare({ kind: 'button', id: buttonId(run).id });
  if (step.kind === 'form') return step.form;
  return step.kind === 'run' ? words(await step.run()) : step.kind;
}

async function formOf(world: World, card: Reply): Promise<Form> {
  const form = await pressAnswer(world, card);
  if (typeof form === 'string') throw new Error(`Expected a form and got: ${form}`);
  return form;
}

test('a form that was opened for an earlier question answers no other', async () => {
  const { world, card } = await asking();
  const form = await formOf(world, card);
  const followUp = await world.ask(`mock answer interview:1 text:"${PARTIAL}"`);
  expect(followUp.title).toContain('follow-up');

  const step = await world.send(form, { text: STRONG });

  const told = step.kind === 'run' ? words(await step.run()) : step.kind;
  expect(told).toContain('belongs to an earlier question');
  expect((await world.store.turnsOf(1)).at(-1)?.turn.kind).toBe('graded');
});

test('a hint leaves the Answer button of its question good', async () => {
  const { world, card } = await asking();
  await world.ask('mock hint interview:1');

  const form = await formOf(world, card);
  const step = await world.send(form, { text: STRONG });

  expect(step.kind === 'run' ? words(await step.run()) : '').toContain('Your answer (44 words)');
});

test.each([
  ['mock pause', 'paused. Select Resume'],
  [`mock answer text:"${STRONG}"`, 'No question is waiting'],
  ['mock skip', 'No question is waiting'],
  ['mock end confirm:yes', 'This interview is over'],
])('after "%s" nobody writes an answer in vain', async (typed, told) => {
  const { world, card } = await asking();
  await world.ask(typed);

  expect(await pressAnswer(world, card)).toContain(told);
});
