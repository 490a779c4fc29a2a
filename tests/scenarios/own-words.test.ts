import { expect, test } from 'vitest';
import { machineOn, STAGES } from '../support/stages.ts';
import { message } from './daily.ts';

test.each([...STAGES, 'web'] as const)(
  'a team talks to the bot in its own words: %s',
  async (name) => {
    const { machine, stop } = await machineOn(name);
    const { stage } = machine;
    const lead = stage.actor('lea', { admin: true });
    const mira = stage.actor('Mira');
    const say = async (text: string) => message(await lead.say(text));
    await mira.command('me');

    const shown = await say('how am i doing so far?');
    expect(shown.text).toContain('Streak');
    expect(shown.isPrivate).toBe(true);

    const hide = await say('dont show my name on the leaderbord');
    expect(hide.text).toContain('Select the button to run');
    expect(message(await lead.press(hide, 'Hide my name')).text).toContain('hidden');

    const invite = await say('ask @Mira for an interview');
    expect(invite.text).toContain('Mira');
    expect(invite.buttons).toContain('Invite teammate');

    const pause = await say('pasue the daily question');
    expect(pause.buttons).toContain('Pause schedule');

    const none = await say('make me a sandwich');
    expect(none.buttons).toContain('Show commands');
    expect(message(await lead.press(none, 'Show commands')).text).toContain('Practice');
    expect(stage.complaints()).toEqual([]);

    await stop();
  },
);
