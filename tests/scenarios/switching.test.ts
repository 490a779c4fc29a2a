import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { message } from './daily.ts';

test.each(STAGES)(
  'a lead pauses, previews, skips, turns off and takes that back: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const { stage } = machine;
    const lead = stage.actor('lea', { admin: true });
    const say = async (command: string, values?: Record<string, string>) =>
      message(await lead.command(command, values));
    const panel = await say('setup', {
      channel: stage.channel,
      time: '09:00',
      zone: 'UTC',
      closes: 'next',
    });
    expect(panel.text).toContain('when the next question is posted');
    await lead.press(panel, 'Turn on');

    await say('daily', { action: 'pause' });
    expect((await say('daily', { action: 'preview' })).text).toContain('Schedule 1 is paused.');
    expect((await say('daily', { action: 'skip' })).text).toContain('has no next day to skip');

    const turnedOff = async () => {
      const schedule = message(await lead.press(await say('setup'), 'Schedule'));
      const more = schedule.buttons.includes('More')
        ? message(await lead.press(schedule, 'More'))
        : schedule;
      return message(await lead.press(more, 'Turn off'));
    };
    const off = await turnedOff();
    expect((await say('setup')).text).toMatch(/Schedule 1:? off/);
    const paused = message(await lead.press(off, 'Undo'));
    expect(paused.text).toContain('Paused');
    expect(paused.replaced).toBe(true);
    const resumed = message(await lead.press(paused, 'Resume'));
    expect(resumed.text).toContain('Resumed');
    expect(resumed.buttons).toEqual([]);

    expect(message(await lead.press(await turnedOff(), 'Undo')).text).toContain('First question');
    await machine.comeTo('2026-03-02T09:00:00Z');
    const [card] = (await stage.messages(stage.channel)).filter(({ buttons }) =>
      buttons.includes('Answer'),
    );
    expect(card?.text).toContain('Open until');
    expect(stage.complaints()).toEqual([]);

    await stop();
  },
);
