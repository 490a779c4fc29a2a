import { createDiscordServer } from '../../../tests/support/discord/server.ts';
import { inLanes } from './compare.ts';
import { FIRST_OPEN, PEOPLE } from './team.ts';

/** What the parent asks for: so many interactions of a kind, so many at a time. */
export type Wanted = { kind: 'leaderboard' | 'answer'; inFlight: number; count: number };

// A Discord in a process of its own: it checks every body, which must not slow the bot.
// Bare discord.js puts this property into every response.
const server = await createDiscordServer({ ignores: ['enforce_nonce'] });
const { world } = server;
const users = Array.from({ length: PEOPLE }, (_, index) => world.addUser(`Person ${index}`));
const channel = world.main;
const pressed = world.addMessage({
  channel: channel.id,
  author: world.bot.id,
  content: 'The question',
  flags: 0,
  components: [],
  attachments: [],
  mentions: [],
});
let asked = 0;

function interact(kind: Wanted['kind']) {
  const at = asked;
  asked += 1;
  const user = users[at % PEOPLE];
  if (!user) throw new Error('nobody is there');
  if (kind === 'leaderboard') {
    const data = { id: '100000000000000001', name: 'leaderboard', type: 1, options: [] };
    return server.interact({ type: 'command', user, channel, data });
  }
  const post = FIRST_OPEN + Math.floor(at / PEOPLE);
  const run = `answer post:${post} try:1 choice:${at % 3 ? 'b' : 'a'}`;
  const data = { component_type: 2, custom_id: `1:${run}` };
  return server.interact({ type: 'component', user, channel, pressed, data });
}

process.on('message', async ({ kind, inFlight, count }: Wanted) => {
  await inLanes(inFlight, count, () => interact(kind).outcome);
  world.messages.get(channel.id)?.splice(1);
  server.sent().splice(0);
  process.send?.('done');
});
const members = users.map(({ id }, index) => ({
  account: `discord:${id}`,
  name: `Person ${index}`,
}));
process.send?.({ url: server.url, token: server.token, guild: world.guild.id, members });
