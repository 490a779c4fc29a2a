import { around, byId, inside } from './dom.ts';

/** Choices of how things are shown; they stay in the browser. */
export type Preferences = { looks: string; width: string; theme: string };

const NAMES = ['looks', 'width', 'theme'] as const;

/**
 * Connects the three switches in the head of the page: what is chosen stands as `data-…` on the
 * document, where the style finds it, and is kept for the next visit.
 */
export function connectPreferences(changed: (chosen: Preferences) => void): Preferences {
  const asked = new URLSearchParams(location.search);
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  // Two cards do not fit beside each other on a phone.
  const isNarrow = matchMedia('(max-width: 760px)').matches;
  const chosen: Preferences = {
    looks: isNarrow ? 'discord' : 'both',
    width: 'desktop',
    theme: isDark ? 'dark' : 'light',
  };
  for (const name of NAMES) {
    const wanted = asked.get(name) ?? localStorage.getItem(name);
    const radios = inside(byId(name), 'input', HTMLInputElement);
    const radio = radios.find(({ value }) => value === wanted);
    if (radio) chosen[name] = radio.value;
    for (const each of radios) each.checked = each.value === chosen[name];
    byId(name).addEventListener('change', ({ target }) => {
      const input = around(target, 'input');
      if (!(input instanceof HTMLInputElement)) return;
      chosen[name] = input.value;
      localStorage.setItem(name, input.value);
      show(chosen);
      changed(chosen);
    });
  }
  show(chosen);
  return chosen;
}

function show({ looks, width, theme }: Preferences): void {
  const root = document.documentElement;
  root.setAttribute('data-looks', looks);
  root.setAttribute('data-width', width);
  root.setAttribute('data-theme', theme === 'all' ? 'light' : theme);
}
