import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { createPeople, isAdminOf } from '../../../src/adapters/slack/people.ts';
import { movableClock } from '../../../src/demo/demo.ts';
import { startSlackServer } from '../../support/slack/server.ts';

test('a clock that is set back does not keep a profile of before', async () => {
  const slack = await startSlackServer();
  const ana = slack.addUser('ana');
  const clock = movableClock(new Date('2026-03-02T12:00:00Z'));
  const api = new WebClient(slack.tokens.botToken, { slackApiUrl: slack.apiUrl });
  const profileOf = createPeople({ team: 'T0TEAM', isWide: false, api, clock, report: () => {} });
  await profileOf(ana.id, 'ana');
  const asked = () => slack.sent().filter(({ path }) => path.endsWith('users.info')).length;
  expect(asked()).toBe(1);

  clock.moveTo(new Date('2026-03-02T11:00:00Z'));
  await profileOf(ana.id, 'ana');

  expect(asked()).toBe(2);
  await slack.close();
});

test.each([
  ['a workspace admin', { isAdmin: true }, true],
  [
    'an admin of the company on the other side of a shared channel',
    { isAdmin: true, team: 'T9' },
    false,
  ],
  [
    'an admin of this workspace of an organization, whose home is another',
    { isAdmin: true, team: 'T9', enterprise: { teams: ['T9', 'T0TEAM'] } },
    true,
  ],
  ['somebody without a role', { isAdmin: false }, false],
])(
  'with the token of a workspace, %s is an admin as far as it goes',
  async (_, options, isAdmin) => {
    const slack = await startSlackServer();
    const { id } = slack.addUser('guest', options);
    const api = new WebClient(slack.tokens.botToken, { slackApiUrl: slack.apiUrl });
    const where = { team: 'T0TEAM', isWide: false, api };
    const profileOf = createPeople({ ...where, clock: movableClock(new Date()), report: () => {} });

    expect((await profileOf(id, 'guest')).isAdmin).toBe(isAdmin);
    expect(await isAdminOf(where, id)).toBe(isAdmin);
    await slack.close();
  },
);
