import { expect, test } from 'vitest';
import { present } from '../../../src/adapters/discord/present.ts';
import { SAMPLE_REPLIES } from '../../support/sample-replies.ts';

test.each(Object.entries(SAMPLE_REPLIES))('shows %s', async (name, reply) => {
  const { body, files } = present(reply);

  const shown = {
    body,
    files: files.map(({ content, ...file }) => ({ ...file, bytes: content.byteLength })),
  };
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(
    `./__snapshots__/${name.replaceAll(' ', '-')}.json`,
  );
});
