import type {
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIMessageTopLevelComponent,
  APIStringSelectComponent,
} from 'discord-api-types/v10';
import { COMPONENT } from '../../discord/limits.ts';
import type { Payloads, ShownFile } from '../protocol.ts';
import { drawMarkdown } from './discord-markdown.ts';
import { draw, styled, type Tree } from './tree.ts';

/** A message as Discord draws it, from the body and the files that Discord is sent. */
export function drawDiscord({ body, files }: Payloads['discord']): Tree {
  const byUrl = new Map(files.map((file) => [`attachment://${file.name}`, file]));
  return styled('div', 'dc-body', ...body.components.map((part) => topLevel(part, byUrl)));
}

type Files = ReadonlyMap<string, ShownFile>;

function topLevel(part: APIMessageTopLevelComponent, files: Files): Tree {
  if (part.type !== COMPONENT.container) return component(part as APIComponentInContainer, files);
  const accent = part.accent_color?.toString(16);
  return draw(
    'div',
    { class: 'dc-container', ...(accent ? { 'data-accent': accent } : {}) },
    ...part.components.map((each) => component(each, files)),
  );
}

function component(part: APIComponentInContainer, files: Files): Tree {
  switch (part.type) {
    case COMPONENT.textDisplay:
      return styled('div', 'dc-display', ...drawMarkdown(part.content));
    case COMPONENT.separator:
      return draw('hr', { class: 'dc-separator' });
    case COMPONENT.actionRow:
      return styled('div', 'dc-row', ...part.components.map(inRow));
    case COMPONENT.mediaGallery:
      return styled(
        'div',
        'dc-media',
        ...part.items.map(({ media, description }) =>
          picture(files.get(media.url), description ?? ''),
        ),
      );
    case COMPONENT.file:
      return fileCard(files.get(part.file.url));
    default:
      return unknown(part.type);
  }
}

/** Kept visible: a component that this renderer does not know must not look like nothing. */
function unknown(type: number): Tree {
  return styled('p', 'unknown', `(component ${type} can't be shown here)`);
}

function picture(file: ShownFile | undefined, alt: string): Tree {
  if (!file) return styled('p', 'unknown', `(missing picture) ${alt}`);
  const { url, width, height } = file;
  const size = width && height ? { width: String(width), height: String(height) } : {};
  return draw('img', { class: 'dc-picture', src: url, alt, ...size });
}

function fileCard(file: ShownFile | undefined): Tree {
  if (!file) return styled('p', 'unknown', '(missing file)');
  const name = draw('a', { href: file.url, download: file.name }, file.name);
  return styled(
    'div',
    'dc-file',
    styled('p', 'dc-file-name', name, ' ', styled('small', 'dim', bytesText(file.bytes))),
    ...(file.text
      ? [draw('pre', { class: 'dc-code', tabindex: '0' }, draw('code', {}, file.text))]
      : []),
  );
}

/** A size in words: `1.2 KB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1000, 'KB'] : [bytes / 1e6, 'MB'];
  return `${value.toFixed(1)} ${unit}`;
}

const STYLES: Record<number, string> = { 1: 'primary', 2: 'plain', 3: 'success', 4: 'danger' };

function inRow(part: APIComponentInMessageActionRow): Tree {
  if (part.type === COMPONENT.button && 'custom_id' in part) {
    const label = 'label' in part ? (part.label ?? '') : '';
    return draw(
      'button',
      {
        type: 'button',
        class: `dc-button dc-${STYLES[part.style] ?? 'plain'}`,
        'data-press': part.custom_id,
        ...(part.disabled ? { disabled: true } : {}),
      },
      label,
    );
  }
  if (part.type === COMPONENT.stringSelect) return menu(part);
  return unknown(part.type);
}

/** A menu of buttons, or of boxes and a button where several may be chosen. */
function menu(part: APIStringSelectComponent): Tree {
  const isMany = (part.max_values ?? 1) > 1;
  const options = part.options.map(({ label, value, description }) => {
    const words: Tree[] = [
      styled('span', 'menu-label', label),
      ...(description ? [styled('small', 'menu-more', description)] : []),
    ];
    return draw(
      'li',
      {},
      isMany
        ? draw('label', {}, draw('input', { type: 'checkbox', value }), ...words)
        : draw(
            'button',
            { type: 'button', 'data-press': part.custom_id, 'data-value': value },
            ...words,
          ),
    );
  });
  const send = draw('button', { type: 'button', 'data-send': part.custom_id }, 'Done');
  return draw(
    'details',
    { class: 'menu dc-menu', 'data-most': String(part.max_values ?? 1) },
    draw('summary', {}, part.placeholder ?? 'Select'),
    draw('ul', {}, ...options),
    ...(isMany ? [send] : []),
  );
}
