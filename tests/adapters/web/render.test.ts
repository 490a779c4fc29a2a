import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presentBoth } from '../../../src/adapters/web/present.ts';
import { drawDiscord } from '../../../src/adapters/web/render/discord.ts';
import { drawMarkdown } from '../../../src/adapters/web/render/discord-markdown.ts';
import { drawSlack } from '../../../src/adapters/web/render/slack.ts';
import {
  draw,
  isOutside,
  styled,
  type Tree,
  textContent,
} from '../../../src/adapters/web/render/tree.ts';
import type { Reply } from '../../../src/spine/reply.ts';
import { namedInTests } from '../../support/discord/adapter.ts';
import { SAMPLE_REPLIES } from '../../support/sample-replies.ts';
import { elementsOf, htmlOf } from '../../support/web/html.ts';

const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);

async function drawn(reply: Reply): Promise<{ discord: Tree; slack: Tree }> {
  const payloads = await presentBoth(reply, {
    isPrivate: false,
    draw: async () => picture,
    keep: ({ name }) => `/files/${name}`,
    named: namedInTests,
  });
  return {
    discord: drawDiscord(payloads.discord),
    slack: drawSlack(payloads.slack.message.blocks),
  };
}

const markdown = (text: string) => drawMarkdown(text).map(htmlOf).join('');

describe('the same sample replies, drawn', () => {
  test.each(Object.entries(SAMPLE_REPLIES))('%s leaves nothing undrawn', async (_name, reply) => {
    const { discord, slack } = await drawn(reply);

    const unknown = [discord, slack]
      .flatMap(elementsOf)
      .filter(({ attributes }) => attributes['class'] === 'unknown');
    expect(unknown.map(textContent)).toEqual([]);
  });
});

describe('Discord Markdown', () => {
  test.each([
    ['### A title\nText', '<h3 class="dc-heading">A title</h3><p class="dc-text">Text</p>'],
    ['**bold** and *italic*', '<p class="dc-text"><strong>bold</strong> and <em>italic</em></p>'],
    ['-# small', '<p class="dc-small">small</p>'],
    ['`a*b*`', '<p class="dc-text"><code>a*b*</code></p>'],
    ['`` a`b ``', '<p class="dc-text"><code>a`b</code></p>'],
    ['\\*not italic\\*', '<p class="dc-text">*not italic*</p>'],
    ['a * b * c', '<p class="dc-text">a * b * c</p>'],
    ['snake_case_name', '<p class="dc-text">snake_case_name</p>'],
    ['~~gone~~ __under__', '<p class="dc-text"><s>gone</s> <u>under</u></p>'],
    ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
    ['> quoted', '<blockquote class="dc-quote">quoted</blockquote>'],
    [
      '[paper](https://arxiv.org/abs/1)',
      '<p class="dc-text"><a href="https://arxiv.org/abs/1" target="_blank" rel="noopener noreferrer">paper</a></p>',
    ],
    ['[no](javascript:alert)', '<p class="dc-text">[no](javascript:alert)</p>'],
    ['```\na < b\n```', '<pre class="dc-code" tabindex="0"><code>a &lt; b</code></pre>'],
    ['**open', '<p class="dc-text">**open</p>'],
  ])('reads %j', (text, html) => {
    expect(markdown(text)).toBe(html);
  });

  test('shows a mention that was not escaped as a mention', () => {
    expect(markdown('@everyone <@42>')).toBe(
      '<p class="dc-text"><span class="dc-mention">@everyone</span> <span class="dc-mention">&lt;@42></span></p>',
    );
  });

  test('keeps an instant for the reader’s own zone', () => {
    expect(markdown('<t:1764144000:R>')).toContain('data-unix="1764144000" data-show="R"');
  });
});

/** Everything that may run something or load something, whatever somebody wrote. */
function dangers(tree: Tree): string[] {
  return elementsOf(tree).flatMap(({ tag, attributes }) => [
    ...(['script', 'iframe', 'object', 'embed', 'style', 'link', 'meta', 'base'].includes(tag)
      ? [tag]
      : []),
    ...Object.entries(attributes).flatMap(([name, value]) => {
      if (/^on|^style$|^srcdoc$/i.test(name)) return [name];
      const isAddress = name === 'href' || name === 'src';
      const isFine = String(value).startsWith('/files/') || isOutside(String(value));
      return isAddress && !isFine ? [`${name}=${value}`] : [];
    }),
  ]);
}

describe('hostile text stays text', () => {
  const reply = SAMPLE_REPLIES['hostile text'];

  test('nothing of it mentions anybody', async () => {
    const { discord, slack } = await drawn(reply ?? { blocks: [] });

    const mentions = [discord, slack]
      .flatMap(elementsOf)
      .filter(({ attributes }) => /mention/.test(String(attributes['class'])));
    expect(mentions).toEqual([]);
  });

  test('whatever it is, and it always ends', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom('**', '*', '_', '`', '```', '[', '](', '<t:', '||', '\\', '\n', '> '),
          ),
          { maxLength: 60 },
        ),
        (parts) => {
          expect(drawMarkdown(parts.join('')).flatMap(dangers)).toEqual([]);
        },
      ),
    );
  });

  test('many open marks take no time', () => {
    const began = performance.now();

    drawMarkdown(`${'*_~|`['.repeat(700)}`);

    expect(performance.now() - began).toBeLessThan(1000);
  });
});

test('a tree keeps words and order', () => {
  const tree = draw('div', {}, 'one ', styled('b', '', 'two'), ' three');

  expect(textContent(tree)).toBe('one two three');
});
