import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { expect, test } from 'vitest';
import type { SlackBlock } from '../../../src/adapters/slack/blocks.ts';
import type { DataVisualizationBlock } from '../../../src/adapters/slack/chart.ts';
import { formView } from '../../../src/adapters/slack/form.ts';
import { presentHome, presentMessage, presentWindow } from '../../../src/adapters/slack/present.ts';
import { say } from '../../../src/spine/reply.ts';

/** The compiler holds every payload against Slack's own types; these lines fail when it stops. */
test('payloads have the types of @slack/types', () => {
  const reply = say('Hello.');
  const blocks: (KnownBlock | DataVisualizationBlock)[] = presentMessage(reply).blocks;
  const home: HomeView = presentHome(reply);
  const window: ModalView = presentWindow(reply);
  const form: ModalView = formView({ id: '1:x', title: 'x', submit: 'x', fields: [] }, '{}');

  // @ts-expect-error a header takes no markup
  const header: SlackBlock = { type: 'header', text: { type: 'mrkdwn', text: 'x' } };
  // @ts-expect-error there is no such block
  const wizard: SlackBlock = { type: 'wizard' };
  // @ts-expect-error an image needs a text for those who do not see it
  const image: SlackBlock = { type: 'image', image_url: 'https://x.example/a.png' };
  // @ts-expect-error a divider has no colour
  const divider: SlackBlock = { type: 'divider', colour: 'red' };
  // @ts-expect-error a chart has series of numbers
  const chart: SlackBlock = { type: 'data_visualization', title: 'x', chart: { type: 'bar' } };

  expect([blocks, home, window, form, header, wizard, image, divider, chart]).toHaveLength(9);
});
