import type { Look, ShownView } from '../protocol.ts';
import { draw, styled, type Tree } from '../render/tree.ts';
import { drawCard, drawDetails, drawFormDetails, drawRefusal, LOOKS } from './cards.ts';
import { build, byId, findById, inside, showTimes } from './dom.ts';
import { connectPreferences } from './preferences.ts';

type Listed = { id: string; title: string; command: string };

/** The day on which the views were played, and how its reader reads times. */
const READER = { zone: 'UTC', locale: 'en-GB', now: new Date('2026-11-26T09:00:00Z') };
const DIRECTORY = { channels: [{ id: 'daily', name: '#daily' }], people: [] };

const preferences = connectPreferences(() => void show());
const only = /^\/gallery\/(.+)$/.exec(location.pathname)?.[1];
const listed = (await (await fetch('/api/gallery')).json()) as Listed[];
const wanted = listed.filter(({ id }) => only === undefined || id === only);
const views = new Map<string, ShownView>();

/** Views are played and drawn when they come near. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      void fill(target.id);
    }
  },
  { rootMargin: '600px' },
);

function list(): void {
  const commands = [...new Set(listed.map(({ command }) => command))];
  const items = commands.map((command) =>
    draw(
      'li',
      {},
      styled('strong', '', command),
      draw(
        'ul',
        {},
        ...listed
          .filter((each) => each.command === command)
          .map(({ id, title }) =>
            draw(
              'li',
              {},
              draw(
                'a',
                {
                  href: `/gallery/${id}`,
                  'data-view': id,
                  ...(id === only ? { 'aria-current': 'page' } : {}),
                },
                title,
              ),
            ),
          ),
      ),
    ),
  );
  byId('list').replaceChildren(...items.map((item) => build(item)));
}

function frame({ id, title, command }: Listed): Tree {
  return draw(
    'section',
    { class: 'view', id, 'aria-labelledby': `${id}-title` },
    draw(
      'h2',
      { id: `${id}-title` },
      draw('a', { href: `/gallery/${id}` }, title),
      ' ',
      styled('code', 'dim', `/${command}`),
    ),
    styled('div', 'view-body', styled('p', 'dim', 'Playing…')),
  );
}

async function fill(id: string): Promise<void> {
  const known = views.get(id);
  const view = known ?? ((await (await fetch(`/api/gallery/${id}`)).json()) as ShownView);
  views.set(id, view);
  const body = document.getElementById(id)?.querySelector('.view-body');
  if (!body) return;
  body.replaceChildren(...drawView(view).map((tree) => build(tree)));
  showTimes(body, READER);
  byId(id).setAttribute('data-drawn', 'true');
}

/** The themes in which a view is shown, beside each other. */
function themes(): string[] {
  return preferences.theme === 'all' ? ['light', 'dark'] : [preferences.theme];
}

function drawView(view: ShownView): Tree[] {
  const rows = themes().map((theme) =>
    draw(
      'div',
      { class: 'pair themed', 'data-theme': theme },
      ...LOOKS.map((look) => still(cardOf(look, view), `${view.id}-${theme}-${look}-`)),
    ),
  );
  const details =
    'form' in view
      ? drawFormDetails(view.form)
      : view.message.by === 'bot'
        ? drawDetails(view.message.payloads)
        : '';
  return [
    ...rows,
    draw('details', { class: 'more' }, draw('summary', {}, 'Payload and limits'), details),
  ];
}

function cardOf(look: Look, view: ShownView): Tree {
  if ('form' in view)
    return drawRefusal(look, view.form, { at: READER.now.getTime() / 1000, directory: DIRECTORY });
  const { message } = view;
  if (message.by !== 'bot') return message.text;
  return drawCard(look, message.payloads, {
    at: Math.floor(Date.parse(message.at) / 1000),
    ...(message.only === undefined ? {} : { only: 'you' }),
    ...(message.isEdited ? { isEdited: true } : {}),
  });
}

const CONTROLS = new Set(['button', 'input', 'select', 'textarea']);
const TIES = new Set(['id', 'for', 'aria-describedby']);

/** Nothing can be pressed in the gallery, and an id must not stand in it twice. */
function still(tree: Tree, mark: string): Tree {
  if (typeof tree === 'string') return tree;
  const kept = Object.entries(tree.attributes).map(([name, value]) =>
    TIES.has(name) && typeof value === 'string' ? [name, mark + value] : [name, value],
  );
  const disabled = CONTROLS.has(tree.tag) ? { disabled: true as const } : {};
  return {
    tag: tree.tag,
    attributes: { ...Object.fromEntries(kept), ...disabled },
    children: tree.children.map((child) => still(child, mark)),
  };
}

async function show(): Promise<void> {
  const main = byId('views');
  main.replaceChildren(...wanted.map((each) => build(frame(each))));
  for (const { id } of wanted) near.observe(byId(id));
}

/** Leaves in sight what has all the typed words in its command or title. */
function find(typed: string): void {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const isWanted = ({ title, command }: Listed) =>
    words.every((word) => `${command} ${title}`.toLowerCase().includes(word));
  const found = new Set(listed.filter(isWanted).map(({ id }) => id));
  for (const item of inside(byId('list'), 'li', HTMLElement))
    item.hidden = !inside(item, '[data-view]', HTMLElement).some(({ dataset }) =>
      found.has(dataset['view'] ?? ''),
    );
  for (const { id } of wanted) byId(id).hidden = only === undefined && !found.has(id);
  byId('announcer').textContent = `${found.size} views`;
}

list();
const box = findById('find', HTMLInputElement);
box.addEventListener('input', () => find(box.value));
await show();
