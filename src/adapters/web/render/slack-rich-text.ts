import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { draw, instant, linkOut, styled, type Tree } from './tree.ts';

/** The parts of a rich text block. */
export function drawRichText(elements: RichTextBlock['elements']): Tree[] {
  return elements.map(drawPart);
}

function drawPart(part: RichTextBlock['elements'][number]): Tree {
  switch (part.type) {
    case 'rich_text_section':
      return styled('p', 'sl-text', ...drawSection(part.elements));
    case 'rich_text_preformatted':
      return draw(
        'pre',
        { class: 'sl-code', tabindex: '0' },
        draw('code', {}, ...part.elements.flatMap((each) => drawElement(each, false))),
      );
    case 'rich_text_quote':
      return styled('blockquote', 'sl-quote', ...drawSection(part.elements));
    case 'rich_text_list':
      return draw(
        part.style === 'ordered' ? 'ol' : 'ul',
        {},
        ...part.elements.map((item: RichTextSection) =>
          draw('li', {}, ...drawSection(item.elements)),
        ),
      );
  }
}

/** The runs of one section. */
export function drawSection(elements: readonly RichTextElement[]): Tree[] {
  return elements.flatMap((element) => drawElement(element, true));
}

function drawElement(element: RichTextElement, hasBreaks: boolean): Tree[] {
  switch (element.type) {
    case 'text':
      return marked(hasBreaks ? lines(element.text) : [element.text], element.style ?? {});
    case 'link':
      return [linkOut(element.url, element.text ?? element.url)];
    case 'date':
      return [instant(element.timestamp, element.format, 'sl-time')];
    case 'user':
      return [mention(`@${element.user_id}`)];
    case 'channel':
      return [mention(`#${element.channel_id}`)];
    case 'usergroup':
      return [mention(`@${element.usergroup_id}`)];
    case 'broadcast':
      return [mention(`@${element.range}`)];
    default:
      return [styled('span', 'unknown', `(${element.type} can't be shown here)`)];
  }
}

const mention = (text: string): Tree => styled('span', 'sl-mention', text);

function lines(text: string): Tree[] {
  return text.split('\n').flatMap((line, index) => (index > 0 ? [draw('br'), line] : [line]));
}

type Style = { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean };

function marked(content: Tree[], { bold, italic, strike, code }: Style): Tree[] {
  let inner = content;
  if (code) inner = [draw('code', {}, ...inner)];
  if (strike) inner = [draw('s', {}, ...inner)];
  if (italic) inner = [draw('em', {}, ...inner)];
  if (bold) inner = [draw('strong', {}, ...inner)];
  return inner;
}
