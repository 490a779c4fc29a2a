import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { createPeople } from '../../../src/adapters/slack/people.ts';
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
