import { expect, test } from 'vitest';
import { present } from '../../../src/adapters/discord/present.ts';
import { presentMessage } from '../../../src/adapters/slack/present.ts';
import {
  type CaseEvent,
  type CaseStep,
  checkerOf,
  STEPS,
  shareOf,
  stateOf,
} from '../../../src/core/cases/play.ts';
import { feedbackCard } from '../../../src/features/interview/cases/feedback-card.ts';
import type { CaseSession } from '../../../src/features/interview/cases/playing.ts';
import { stepCard } from '../../../src/features/interview/cases/step-card.ts';
import type { Reply } from '../../../src/spine/reply.ts';
import { openSeed } from '../../support/case-seeds.ts';
import { CASES } from '../../support/cases.ts';

/** What a phone shows without much scrolling. */
const MOST_LETTERS = 800;
const MOST_CONTROLS = 5;

const SEEDS = ['screen 0', 'screen 1', 'screen 2'];

/** The longest answer to a step: the cheapest design, five facts, every check, and the true cause. */
function answerTo({ playing }: CaseSession, step: CaseStep): string {
  const { drawn } = playing;
  if (step === 'scope') return '0,1,2,3,4';
  if (step === 'cause') return String(drawn['cause']);
  if (step !== 'design' && !step.startsWith('twist')) return '1';
  return checkerOf(playing).cheapest({ ...playing, twist: undefined })?.stored ?? '';
}

/** Every card of a playing, in its order. */
function cardsOf(playing: CaseSession['playing']): [string, Reply][] {
  const { played, drawn } = playing;
  const cards: [string, Reply][] = [];
  const events: CaseEvent[] = [];
  const at = new Date(0);
  const session = (): CaseSession => ({
    play: {
      id: 123,
      personId: 'p',
      teamId: 't',
      caseId: played.id,
      drawn,
      events,
      count: 0,
      startedAt: at,
      touchedAt: at,
      endedAt: null,
    },
    playing,
    state: stateOf(played, events),
  });
  for (const step of STEPS[played.kind]) {
    cards.push([step, stepCard(session())]);
    if (step === 'cause' && played.kind === 'incident')
      for (const { id } of played.checks) {
        events.push({ kind: 'checked', check: id });
        cards.push([`check ${id}`, stepCard(session())]);
      }
    const value = answerTo(session(), step);
    const share = shareOf(playing, { step, value, state: session().state });
    events.push({ kind: 'answered', step, value, share });
    cards.push([`after ${step}`, feedbackCard(session(), step)]);
  }
  return [...cards, ['report', stepCard(session())]];
}

/** Texts under some names in a payload, those of buttons and lists left out. */
function lettersIn(value: unknown, key: string): number {
  if (Array.isArray(value))
    return value.reduce((sum: number, each) => sum + lettersIn(each, key), 0);
  if (typeof value !== 'object' || value === null) return 0;
  const isControl =
    'type' in value &&
    ['button', 'actions', 'static_select', 'multi_static_select'].includes(String(value.type));
  if (isControl) return 0;
  return Object.entries(value).reduce(
    (sum, [name, part]) =>
      sum + (name === key && typeof part === 'string' ? part.length : lettersIn(part, key)),
    0,
  );
}

const controlsIn = ({ blocks }: Reply) =>
  blocks.reduce(
    (sum, block) =>
      sum + (block.kind === 'buttons' ? block.buttons.length : block.kind === 'select' ? 1 : 0),
    0,
  );

test.each(CASES.map((played) => [played.id, played] as const))(
  '%s fits a phone at each step',
  (_, played) => {
    const long = SEEDS.flatMap((seed) =>
      cardsOf(openSeed(played, seed)).flatMap(([name, card]) => {
        const discord = lettersIn(present(card).body, 'content');
        const slack = lettersIn(presentMessage(card).blocks, 'text');
        const controls = controlsIn(card);
        const fits = Math.max(discord, slack) <= MOST_LETTERS && controls <= MOST_CONTROLS;
        return fits
          ? []
          : [`${seed} ${name}: ${discord} on Discord, ${slack} on Slack, ${controls} controls`];
      }),
    );

    expect(long).toEqual([]);
  },
);
