import type { Setting } from '../../src/adapters/web/world.ts';

/** One view of the gallery: what to play until it shows. See `stage.ts` for the steps. */
export type Entry = {
  id: string;
  command: string;
  title: string;
  steps: readonly string[];
  setting?: Setting;
};

/** `view('daily', 'history', 'The last questions', '/daily history', WEEK)` is `/gallery/daily-history`. */
export function view(
  command: string,
  name: string,
  title: string,
  steps: string | readonly string[],
  setting?: Setting,
): Entry {
  return {
    id: `${command.replaceAll(' ', '-')}-${name}`,
    command,
    title,
    steps: typeof steps === 'string' ? [steps] : steps,
    ...(setting ? { setting } : {}),
  };
}

/** Nothing is set up, and nobody has spoken yet. */
export const BARE: Setting = { isBare: true };
/** A week of questions is behind the team. */
export const WEEK: Setting = { days: 5 };
export const NUMERIC: Setting = { format: 'numeric' };
export const ORDER: Setting = { format: 'order' };
export const MULTI: Setting = { format: 'multi' };
