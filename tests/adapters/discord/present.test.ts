import { expect, test } from 'vitest';
import { readSelectId } from '../../../src/adapters/discord/card.ts';
import { present } from '../../../src/adapters/discord/present.ts';
import { buttonId } from '../../../src/spine/button.ts';
import { REVIEWED } from '../../support/sample-replies.ts';

test.each(REVIEWED)('shows %s', async (name, reply) => {
  const { body, files } = present(reply);

  const shown = {
    body,
    files: files.map(({ content, ...file }) => ({ ...file, bytes: content.byteLength })),
  };
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(
    `./__snapshots__/${name.replaceAll(' ', '-')}.json`,
  );
});

test('a choice that is too long for its label goes on in the line below', () => {
  const words = 'The memory of the cache grows with the length of the context and with the number';
  const label = `${words} of sequences that are decoded at the same time, and not with their weights.`;
  const select = { kind: 'select', label: 'Which?', run: 'mock tick', option: 'points' } as const;

  const { body } = present({ blocks: [{ ...select, choices: [{ label, value: 'linear' }] }] });

  const [, shown, rest] =
    /"label":"([^"]+)…","value":"linear","description":"…([^"]+)"/.exec(JSON.stringify(body)) ?? [];
  expect(`${shown} ${rest}`).toBe(label);
});

test.each([60, 90, 93, 97, 98, 140])(
  'the id of a menu fits behind a command of %i characters',
  (length) => {
    const run = `peer mark session:1 question:${'q'.repeat(length)}`.slice(0, length);
    const select = { kind: 'select', label: 'Mark', run, option: 'value' } as const;

    const { body } = present({ blocks: [{ ...select, choices: [{ label: '3', value: '3' }] }] });

    const [, id = ''] = /"custom_id":"([^"]+)"/.exec(JSON.stringify(body)) ?? [];
    expect(id.length).toBeLessThanOrEqual(100);
    expect(readSelectId(id)).toEqual({ id: buttonId(run, 'value').id, option: 'value' });
  },
);
