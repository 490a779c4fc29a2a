import { expect, test } from 'vitest';
import { readTypedText } from '../../../src/adapters/slack/typed-text.ts';

test.each([
  ['vram llama 70b', 'vram llama 70b'],
  ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
  ['&amp;lt; stays an entity', '&lt; stays an entity'],
  ['setup channel:<#C1|daily>', 'setup channel:<#C1|daily>'],
  ['setup channel:<#C1|>', 'setup channel:<#C1>'],
  ['forget <@U1|ada>', 'forget <@slack:T1/U1|ada>'],
  ['forget <@U1>', 'forget <@slack:T1/U1>'],
  ['<!here> <!subteam^S1|@team>', '@here @team'],
  ['<!date^1^{date}|1 Jan>', '1 Jan'],
  ['see <https://a.example/?x=1&amp;y=2>', 'see https://a.example/?x=1&y=2'],
  ['see <http://a.example|a.example>', 'see a.example'],
  ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['half <b', 'half <b'],
])('%s', (sent, typed) => {
  expect(readTypedText(sent, 'T1')).toBe(typed);
});
