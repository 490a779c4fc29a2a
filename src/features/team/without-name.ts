import { cut } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import { dueNow } from '../../spine/outbox.ts';
import { type Block, type Reply, say } from '../../spine/reply.ts';
import type { OutboxRow } from '../../store/schema.ts';
import { resultCard } from '../live/cards.ts';
import { barsText, digestCard } from './digest-card.ts';
import type { Renamed } from './queries/names.ts';

type Parts = Pick<Context, 'store' | 'catalogOf' | 'clock' | 'person'>;

/** The posts that name somebody who hides already, as they are without them. */
export async function postsWithoutName(parts: Parts): Promise<Renamed[]> {
  const { store, person, clock } = parts;
  const at = clock.now();
  const found: Renamed[] = [];
  for (const row of await store.postsNaming(person.id)) {
    const { outgoing, id, message, teamId, platform, what, liveId } = row;
    if (outgoing.kind !== 'post' || !names(outgoing.reply, person.name)) continue;
    const reply = (await withoutThem(row, outgoing.reply, parts)) ?? say(REMOVED);
    const { channel, thread } = outgoing;
    const key = `without-name:${id}:${at.getTime()}`;
    const edit = message !== null && {
      key,
      teamId,
      platform,
      what,
      ...(liveId === null ? {} : { liveId }),
      outgoing: {
        kind: 'edit' as const,
        channel,
        message,
        reply,
        key,
        ...(thread ? { thread } : {}),
      },
      ...dueNow(at),
    };
    found.push({ id, reply, edit: edit || undefined });
  }
  return found;
}

const REMOVED = 'This message was removed because it named someone who deleted their data.';

const names = (reply: Reply, name: string) =>
  JSON.stringify(reply).includes(JSON.stringify(cut(name, 40)).slice(1, -1));

async function withoutThem(
  { what, teamId, liveId, at }: OutboxRow,
  reply: Reply,
  { store, catalogOf, person }: Parts,
): Promise<Reply | undefined> {
  if (liveId !== null) {
    const round = (await store.liveRound(liveId))?.round;
    return round && resultCard(round, await store.liveTally(round));
  }
  // A board says how it was on its day, which is not kept: the line goes, and the ranks stay.
  if (what === 'leaderboard')
    return { ...reply, blocks: reply.blocks.map((block) => withoutBar(block, person.name)) };
  const team = await store.teamById(teamId);
  const catalog = await catalogOf(teamId);
  return team && digestCard('digest', { store, catalog, team, now: at });
}

function withoutBar(block: Block, name: string): Block {
  if (block.kind !== 'chart' || block.chart.shape !== 'bars') return block;
  const bars = block.chart.bars.filter(
    ({ label }) => label.replace(/^\d+\. /, '') !== cut(name, 40),
  );
  return { ...block, chart: { ...block.chart, bars }, alt: barsText(bars) };
}
