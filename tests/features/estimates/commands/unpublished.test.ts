import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

test.each(['gpt-4', 'GPT-4o', 'gpt-5.2', 'o3-mini', 'claude-opus-4', 'gemini-2.5-pro'])(
  "the size of %s isn't published, and no other model stands in for it",
  async (name) => {
    const world = createWorld();

    const reply = words(await world.ask(`vram model:${name}`));

    expect(reply).toContain(`The size of ${name} isn't published`);
    expect(reply).not.toContain('Did you mean');
  },
);
