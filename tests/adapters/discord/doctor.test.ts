import { afterEach, beforeEach, expect, test } from 'vitest';
import { discordProblems, inviteUrl } from '../../../src/adapters/discord/doctor.ts';
import { createDiscordServer, type DiscordServer } from '../../support/discord/server.ts';

let server: DiscordServer;
beforeEach(async () => {
  server = await createDiscordServer();
});
afterEach(() => server.stop());

const check = (token = server.token) => discordProblems({ token, apiUrl: server.url });

test('a bot with a token and a server has no problems', async () => {
  expect(await check()).toEqual([]);
});

test('a wrong token is named by its variable', async () => {
  const [problem] = await check('wrong');

  expect(problem).toMatchObject({ code: 'token' });
  expect(problem?.words).toContain('DISCORD_TOKEN');
});

test('a bot in no server is shown how to get into one', async () => {
  server.kick();

  const [problem] = await check();

  expect(problem?.words).toContain(inviteUrl(server.world.application));
});

test('a Discord that cannot be reached is said to be', async () => {
  await server.stop();

  expect(await check()).toMatchObject([{ code: 'unavailable' }]);

  server = await createDiscordServer();
});

test('the invitation asks for seven permissions and no more', () => {
  // View 2^10, Send 2^11, Embed 2^14, Attach 2^15, Public 2^35, Private 2^36, Send in Threads 2^38.
  const sum = 1024 + 2048 + 16_384 + 32_768 + 34_359_738_368 + 68_719_476_736 + 274_877_906_944;

  expect(inviteUrl('42')).toContain(
    `client_id=42&scope=bot+applications.commands&permissions=${sum}`,
  );
});
