import { expect, test } from 'vitest';

test('a file arrives although the libraries of Slack were loaded first', async () => {
  // Both bring an undici of their own, and the first one loaded serves the whole process.
  await import('@slack/bolt');
  const { startAdapter } = await import('../../support/discord/adapter.ts');
  const { server, adapter, stop } = await startAdapter();

  const sent = await adapter.platform.send({
    kind: 'post',
    channel: server.world.main.id,
    reply: {
      blocks: [{ kind: 'file', name: 'export.json', mime: 'application/json', content: '{"a":1}' }],
    },
    key: 'a file',
  });
  await stop();

  expect(sent).toMatchObject({ ok: true });
  const [message] = server.world.messages.get(server.world.main.id) ?? [];
  const [file] = message?.attachments ?? [];
  expect(file && new TextDecoder().decode(file.bytes)).toBe('{"a":1}');
});
