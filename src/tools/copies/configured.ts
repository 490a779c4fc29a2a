import type { Config } from '../../config.ts';
import { type OpenStore, openExisting, openStore } from '../../store/open.ts';

type Settings = Pick<Config, 'DATABASE_URL' | 'ANSWER_KEY'>;

/** What a tool opens a database with: the clock of this machine. */
const optionsFor = ({ ANSWER_KEY }: Settings) => ({
  clock: { now: () => new Date() },
  elapsedMs: () => performance.now(),
  ...(ANSWER_KEY ? { answerKey: ANSWER_KEY } : {}),
});

/**
 * The database of the bot, which must be there.
 *
 * @throws DatabaseError when there is none, or it can't be opened.
 */
export const openConfigured = (settings: Settings): Promise<OpenStore> =>
  openExisting(settings.DATABASE_URL, optionsFor(settings));

/**
 * The same; a file that is not there is made, as the bot's start would.
 *
 * @throws DatabaseError when it can't be opened.
 */
export const openOrMake = (settings: Settings): Promise<OpenStore> =>
  openStore(settings.DATABASE_URL, optionsFor(settings));
