import { inside } from './dom.ts';

/** Choices of how things are shown; they stay in the browser. */
export type Preferences = { view: string; looks: string; width: string; theme: string };

const NAMES = ['view', 'looks', 'width', 'theme'] as const;

/**
 * Connects the switches of the page: what is chosen stands as `data-…` on the document, where the style finds it, and
 * is kept for the next visit.
 */
export function connectPreferences(changed: (chosen: Preferences) => void): Preferences {
  const asked = new URLSearchParams(location.search);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  // The gallery is for developers; two cards do not fit beside each other on a phone.
  const isChat = document.getElementById('view') !== null;
  const isNarrow = matchMedia('(max-width: 760px)').matches;
  const chosen: Preferences = {
    view: isChat ? 'chat' : 'developer',
    looks: isChat || isNarrow ? 'discord' : 'both',
    width: 'desktop',
    theme: isDark ? 'dark' : 'light',
  };
  for (const name of NAMES) {
    const wanted = asked.get(name) ?? localStorage.getItem(name);
    const inputs = inside(document, `#${name} input`, HTMLInputElement);
    const known = inputs.find(({ value }) => value === wanted);
    if (known) chosen[name] = known.value;
    for (const each of inputs) {
      each.checked = each.value === chosen[name];
      each.addEventListener('change', () => {
        chosen[name] = each.checked ? each.value : 'chat';
        localStorage.setItem(name, chosen[name]);
        show(chosen);
        changed(chosen);
      });
    }
  }
  show(chosen);
  return chosen;
}

/** The platform that a message is shown as; both beside each other only for developers. */
function show({ view, looks, width, theme }: Preferences): void {
  const root = document.documentElement;
  root.setAttribute('data-view', view);
  root.setAttribute('data-looks', view === 'chat' && looks === 'both' ? 'discord' : looks);
  root.setAttribute('data-width', width);
  root.setAttribute('data-theme', theme === 'all' ? 'light' : theme);
}
