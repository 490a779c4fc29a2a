import { expect, test } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { startMachine } from '../../support/machine.ts';
import { payloads } from '../../support/slack/payloads.ts';
import type { Delivery } from '../../support/slack/server.ts';
import { createSlackStage } from '../../support/slack/stage.ts';

/** The whole bot on Slack, with question 1 posted by 9:00. */
async function postedOn(mode: 'socket' | 'http') {
  const slack = await createSlackStage({ mode, commands: COMMANDS });
  const { server, port, apiUrl, tokens } = slack;
  const machine = await startMachine({
    platform: 'slack',
    stage: slack.stage,
    start: ({ bot, emit }) =>
      startSlack({
        bot,
        emit,
        clock: { now: () => new Date() },
        apiUrl,
        ...tokens,
        ...(mode === 'http' ? { port } : {}),
      }),
  });
  const { team, person } = await machine.store.meet({
    account: `slack:${server.team.id}/${server.addUser('keeper').id}`,
    name: 'keeper',
    workspace: `slack:${server.team.id}`,
    workspaceName: 'Team',
    newPersonId: 'keeper',
    newTeamId: 'team',
    at: machine.clock.now(),
  });
  await machine.store.addSchedule({
    teamId: team.id,
    platform: 'slack',
    channel: server.general.id,
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-02',
    keeperId: person.id,
    createdAt: machine.clock.now(),
  });
  await machine.comeTo('2026-03-02T09:00:00Z');
  const stop = () => machine.stop().then(slack.stop);
  return { machine, server, team, stop };
}

test.each(['socket', 'http'] as const)(
  'over %s, what Slack delivers four times, over a restart and for 301 seconds, has one effect',
  async (mode) => {
    const { machine, server, team, stop } = await postedOn(mode);
    const user = server.addUser('Ada').id;
    const make = payloads(server);
    const channel = server.general.id;
    const question = server.channels.get(channel)?.messages.at(0);
    if (!question) throw new Error('no question is posted');
    const pressed = { type: 'button', action_id: '0', value: '1:answer hint post:1 number:1' };
    const opened = server.nextOutput(user);
    const asking = make.command(user, channel, '/warmup', 'question report question:q1');
    await server.deliver({ kind: 'slash_commands', payload: asking });
    const form = await opened.seen;
    if (form.kind !== 'view') throw new Error('no form');
    const typed = { text: { text: { type: 'plain_text_input', value: 'It has a typo.' } } };

    const deliveries: Delivery[] = [
      { kind: 'interactive', payload: make.messageAction(user, question, pressed) },
      {
        kind: 'slash_commands',
        payload: make.command(user, channel, '/warmup', 'answer post:1 try:1 choice:a'),
      },
      { kind: 'interactive', payload: make.submission(form.view, typed) },
    ];
    const all = (retry: NonNullable<Delivery['retry']>) =>
      Promise.all(deliveries.map((delivery) => server.deliver({ ...delivery, retry })));

    // Slack repeats at once, after a minute, and five minutes later.
    for (const delivery of deliveries) await server.deliver(delivery);
    await all({ attempt: 1, reason: 'http_timeout' });
    await machine.restart();
    await machine.comeTo('2026-03-02T09:01:00Z');
    await all({ attempt: 2, reason: 'http_timeout' });
    await machine.comeTo('2026-03-02T09:06:01Z');
    await all({ attempt: 3, reason: 'http_error' });
    await machine.restart();

    const ada = await machine.store.personOfAccount(`slack:${server.team.id}/${user}`);
    const progress = await machine.store.progress(1, ada?.id ?? '');
    const shown = (server.channels.get(channel)?.messages ?? []).filter(
      ({ ephemeralTo }) => ephemeralTo === user,
    );
    expect(progress).toMatchObject({ attempts: [{ answer: 'a' }], hints: 1 });
    expect(shown.map(({ text }) => text.split('\n')[0]).sort()).toEqual([
      'Not quite',
      'Report sent',
      'Your answer',
    ]);
    expect(await machine.store.openReports(team.id)).toHaveLength(1);
    expect(machine.stage.complaints()).toEqual([]);
    await stop();
  },
);
