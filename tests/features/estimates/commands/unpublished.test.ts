import { expect, test } from 'vitest';
import { ESTIMATE_CATALOG } from '../../../support/estimate-catalog.ts';
import { createWorld, words } from '../../../support/world.ts';

test.each(['gpt-4', 'GPT-4o', 'gpt-5.2', 'o3-mini', 'claude-opus-4', 'gemini-2.5-pro'])(
  "the size of %s isn't published, and no other model stands in for it",
  async (name) => {
    const world = createWorld({ catalog: ESTIMATE_CATALOG });

    const reply = await world.ask(`vram ${name}`);

    expect(words(reply)).toContain(`The size of ${name} isn't published`);
    expect(words(reply)).not.toContain('Did you mean');
    expect(words(reply).match(/\[Use [^\]]+\]/g)).toEqual(['[Use gpt-oss-120b]']);
  },
);
