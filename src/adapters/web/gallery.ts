import type { Setting } from './world.ts';

/** One view of the gallery: what to play until it shows. See `stage.ts` for the steps. */
export type Entry = {
  id: string;
  command: string;
  title: string;
  steps: readonly string[];
  setting?: Setting;
};

/** `view('daily', 'history', 'The last questions', '/daily history')` is `/gallery/daily-history`. */
function view(
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

const BARE: Setting = { isBare: true };

/** Every view of every command, in the order in which the gallery shows them. */
export const GALLERY: readonly Entry[] = [
  view('daily', 'card', 'The question of the day, for everybody', 'see channel'),
  view('daily', 'today', 'The same question, with my options', '/daily'),
];
