import { expect, test } from 'vitest';
import {
  present as presentDiscord,
  presentForm,
} from '../../../../src/adapters/discord/present.ts';
import { presentMessage } from '../../../../src/adapters/slack/present.ts';
import type { Reply } from '../../../../src/spine/reply.ts';
import { messageProblems } from '../../../support/discord/rules.ts';
import { BODIES, schemaProblems } from '../../../support/discord/schemas.ts';
import { singleItem } from '../../../support/items.ts';
import { messageBodyProblems } from '../../../support/slack/blocks.ts';
import { createWorld } from '../../../support/world.ts';

const admin = { as: 'boss', admin: true };

/** As long as every field allows, with marks that each platform must escape. */
const long = (length: number) =>
  '@everyone *a_b~c <!here> & `x` '.repeat(200).slice(0, length).trim();

function problemsOf(reply: Reply): string[] {
  const { body, files } = presentDiscord(reply);
  const sent = JSON.parse(JSON.stringify(body));
  return [
    ...schemaProblems(BODIES['create message'], sent),
    ...messageProblems(sent, { path: [], files: files.map(({ name }) => name) }),
  ]
    .map(({ path, message }) => `discord ${path.join('.')}: ${message}`)
    .concat(messageBodyProblems(presentMessage(reply), 'post').map((each) => `slack ${each}`));
}

async function full() {
  const world = createWorld({
    questions: Array.from({ length: 30 }, (_, i) => singleItem(`q${i}`)),
  });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  const fill = async (line: string, change: Record<string, string>, as: string) => {
    const step = await world.send(
      await world.form(line, { as }),
      {
        prompt: long(600),
        right: `${long(140)} | ${long(380)}`,
        wrong: [1, 2, 3, 4].map((n) => `${n}${long(138)} | ${long(390)}`).join('\n'),
        explanation: long(1000),
        place: '5 easy',
        ...change,
      },
      { as },
    );
    return step.kind === 'run' ? step.run() : Promise.reject(new Error(JSON.stringify(step)));
  };
  for (let index = 0; index < 12; index += 1) await fill('question new', {}, `person ${index}`);
  for (let index = 0; index < 30; index += 1) await world.ask(`question disable q${index}`, admin);
  await world.ask('question approve 1', admin);
  for (let index = 0; index < 9; index += 1)
    await world.ask(`question report q${index} text:"${long(1000).replaceAll('"', '')}"`, {
      as: 'mia',
    });
  await world.tick();
  return { world, fill };
}

test('every reply of these commands stays inside the limits, however long the words are', async () => {
  const { world, fill } = await full();
  const rows = await world.store.overlayOf(await world.teamId());
  const ownId = rows.find(({ question }) => question)?.questionId ?? '';

  const replies: [string, Reply][] = [
    ['suggested', await fill('question new', {}, 'zoe')],
    ['stashed', await fill('question stash', {}, 'zoe')],
    ['list', await world.ask('question list', admin)],
    ['second page', await world.ask('question list page:2', admin)],
    ['my list', await world.ask('question list', { as: 'zoe' })],
    ['preview', await world.ask(`question preview ${ownId}`, admin)],
    ['review', await world.ask('question preview suggestion:2', admin)],
    ['disabled', await world.ask(`question disable ${ownId}`, admin)],
    ['enabled', await world.ask(`question enable ${ownId}`, admin)],
    ['quality', await world.ask('setup quality', admin)],
    ['quality of one', await world.ask('setup quality q1', admin)],
    ['report', await world.ask(`question report q9 text:"${long(990)}"`, { as: 'zoe' })],
    ['export', await world.ask('question export yaml', admin)],
    ['deck', await world.ask('question export apkg', admin)],
    ['refused', await world.ask(`question import text:"${'- id: x\\n'.repeat(60)}"`, admin)],
    ['imported', await world.ask('question import text:"[]"', admin)],
    ...world.fake.directs().map(({ reply }, index): [string, Reply] => [`message ${index}`, reply]),
  ];

  const problems = replies.flatMap(([name, reply]) =>
    problemsOf(reply).map((problem) => `${name}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

test('every form of these commands is a modal that Discord takes', async () => {
  const { world } = await full();
  const rows = await world.store.overlayOf(await world.teamId());
  const ownId = rows.find(({ question }) => question)?.questionId ?? '';

  for (const line of [
    'question new',
    'question stash',
    `question edit ${ownId}`,
    'question edit suggestion:2',
    'question import',
    'question decline 2',
    'question report q1',
  ]) {
    const { components, custom_id } = presentForm(await world.form(line, admin));
    expect(components.length, line).toBeLessThanOrEqual(5);
    expect(custom_id.length).toBeLessThanOrEqual(100);
  }
});
