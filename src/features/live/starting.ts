import { HOST_WAIT_MS, type LiveSettings } from '../../core/live/round.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { lobbyCard } from './cards.ts';
import { chooseLive } from './choosing.ts';
import { posted } from './rows.ts';
import { showLive } from './showing.ts';

/**
 * Opens a live round in the channel where it is asked for, or shows the one that is open there.
 *
 * @throws UserError in a direct message, where I can't post, and when there are too few questions.
 */
export async function startLive(settings: LiveSettings, context: Context): Promise<Reply> {
  const { store, team, person, platform, place, clock, catalog, emit } = context;
  if (place.kind === 'direct')
    throw new UserError([
      'A live round needs a channel where others can join. Run ',
      { command: 'live' },
      ' there.',
    ]);
  const where = { teamId: team.id, platform: platform.name, channel: place.channel };
  const open = await store.openLiveIn(where);
  if (open) return showLive(open, context);
  const [problem] = await platform.check(place.channel);
  if (problem) throw new UserError(problem.words);
  const questions = await chooseLive(settings, context);
  const at = clock.now();
  const chapter = settings.chapter === undefined ? undefined : catalog.chapter(settings.chapter);
  const { round, isNew } = await store.startLive(
    {
      ...where,
      thread: place.thread ?? null,
      hostId: person.id,
      settings,
      dueAt: new Date(at.getTime() + HOST_WAIT_MS),
      startedAt: at,
    },
    questions,
    (added) => [
      posted(
        { view: { round: added, question: undefined }, at },
        'lobby',
        lobbyCard(added, person.name, chapter),
      ),
    ],
  );
  if (isNew) {
    emit({ kind: 'live', round: String(round.id), step: 'opened' });
    context.wake();
  }
  return showLive({ round, question: undefined }, context);
}
