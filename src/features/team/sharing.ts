import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { dueNow, unshareRows } from '../../spine/outbox.ts';
import { type Button, type Reply, say } from '../../spine/reply.ts';
import type { NewOutboxRow, OutboxRow } from '../../store/schema.ts';
import { type CardKind, type ResultCard, resultBlock, resultCard } from './result-cards.ts';

/** Begins the keys of the rows that show a card of a person. */
const shareKey = (personId: string, card: string) => `share:${personId}:${card}:`;

const isShown = ({ state, what }: OutboxRow) => what === 'result' && state !== 'failed';

/**
 * Shows a card to the person alone and asks; posts it when they confirm.
 *
 * @throws UserError when there is nothing to show, or no channel to show it in.
 */
export async function shareCard(
  { kind, id, confirm }: { kind: CardKind; id: string | undefined; confirm: boolean },
  context: Context,
): Promise<Reply> {
  const { store, person, platform, wake } = context;
  const card = await resultCard(kind, id, context);
  const place = card.place ?? (await placeFor(context));
  const shared = { channel: place.channel };
  const before = await store.rowsBeginning(person.id, shareKey(person.id, card.id));
  if (before.some(isShown))
    return {
      ...say(['You already shared this in ', shared, '.']),
      update: true,
    };
  if (!confirm) return ask(card, place.channel, person.isHidden);
  const [problem] = await platform.check(place.channel);
  if (problem) throw new UserError(problem.words);
  await store.addOutgoing([rowOf(card, place, before.length, context)]);
  wake();
  return { ...say(['Posting your result in ', shared, ' now.']), update: true };
}

/** Where the person is; in a direct message, where the team has its question. */
async function placeFor({ store, team, platform, place }: Context) {
  const { channel, thread } = place;
  if (place.kind !== 'direct') return { channel, ...(thread ? { thread } : {}) };
  const schedules = await store.schedulesOf(team.id);
  const usual = schedules.find((each) => each.platform === platform.name);
  if (!usual) throw new UserError('Run this in the channel where you want to share it.');
  return { channel: usual.channel };
}

function ask(card: ResultCard, channel: string, isHidden: boolean): Reply {
  const hidden = isHidden ? " You're hidden from leaderboards, and this card shows your name." : '';
  return {
    title: 'Share this result?',
    update: true,
    blocks: [
      resultBlock(card),
      {
        kind: 'text',
        text: [
          'Everyone in ',
          { channel },
          ` will see this card, and nothing else of yours. You can remove it at any time.${hidden}`,
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Share result',
            run: runLine('leaderboard share', { card: card.id, confirm: 'yes' }),
            style: 'primary',
          },
        ],
      },
    ],
  };
}

function rowOf(
  card: ResultCard,
  { channel, thread }: { channel: string; thread?: string },
  number: number,
  { team, person, platform, clock }: Context,
): NewOutboxRow {
  // The row of a second press has the same key, so that nothing is shown twice.
  const key = `${shareKey(person.id, card.id)}${number}`;
  const remove: Button = {
    label: 'Remove',
    run: runLine('leaderboard unshare', { card: card.id, by: person.id }),
  };
  const reply: Reply = {
    title: card.title,
    blocks: [resultBlock(card), { kind: 'buttons', buttons: [remove] }],
  };
  return {
    key,
    teamId: team.id,
    personId: person.id,
    platform: platform.name,
    what: 'result',
    outgoing: { kind: 'post', channel, reply, key, ...(thread ? { thread } : {}) },
    ...dueNow(clock.now()),
  };
}

/**
 * Takes a card out of its channel.
 *
 * @throws UserError for everybody but the person who shared it.
 */
export async function removeCard(
  { card, by }: { card: string; by: string },
  { store, person, clock, message, wake }: Context,
): Promise<Reply> {
  if (by !== person.id) throw new UserError('Only the person who shared this can remove it.');
  const rows = await store.rowsBeginning(person.id, shareKey(person.id, card));
  const shown = rows.findLast(isShown);
  if (!shown) return say('This result was already removed.');
  // A press is proof that the message is there, also where its arrival was never confirmed.
  const found = { ...shown, message: shown.message ?? message ?? null };
  await store.takeBackShare(found, unshareRows([found], clock.now()));
  wake();
  return say('Your result is removed from the channel.');
}
