import { z } from 'zod';
import { nextSlots } from '../../../core/slots.ts';
import { dayIn } from '../../../core/time.ts';
import { runLine } from '../../../spine/button.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { type Block, type Button, type Reply, say, spans } from '../../../spine/reply.ts';
import type { Digest, DigestKind } from '../../../store/schema.ts';
import { readableBy, readTime, readZone } from '../../daily/schedule-input.ts';
import { formatDays, parseDays, typedDays } from '../../daily/schedule-words.ts';
import { digestCard } from '../digest-card.ts';

const NAMES: Record<DigestKind, string> = {
  digest: 'The weekly digest',
  leaderboard: 'The scheduled leaderboard',
};

const input = z.object({
  action: z
    .enum(['show', 'on', 'edit', 'off'])
    .default('show')
    .describe('Show it to you, or turn it on or off in the channel (admins)'),
  what: z
    .enum(['digest', 'leaderboard'])
    .default('digest')
    .describe('The weekly digest, or the leaderboard'),
  channel: z.string().max(64).meta({ kind: 'channel' }).optional().describe('Channel to post in'),
  days: z
    .string()
    .max(60)
    .superRefine(readableBy(parseDays))
    .meta({ suggests: 'days' })
    .optional()
    .describe('Days, like fri'),
  time: z
    .string()
    .max(16)
    .superRefine(readableBy(readTime))
    .meta({ suggests: 'times' })
    .optional()
    .describe('Local time, like 16:00'),
  zone: z
    .string()
    .max(64)
    .superRefine(readableBy(readZone))
    .meta({ suggests: 'zones' })
    .optional()
    .describe('Time zone, like Europe/Berlin'),
});

type Input = z.output<typeof input>;

const isChange = ({ action, channel, days, time, zone }: Input) =>
  action !== 'show' || (channel ?? days ?? time ?? zone) !== undefined;

export const digest = defineCommand({
  name: 'setup digest',
  summary: "See your team's week, or post it in the channel",
  heavy: true,
  example: 'setup digest on days:fri time:16:00',
  says: [
    {
      like: ['how was our week', 'show the weekly digest', 'which question was missed most'],
      values: { action: 'show' },
      takes: [],
      label: 'Show weekly digest',
    },
  ],
  visibility: 'private',
  hidden: true,
  onlyShows: (given) => !isChange(given),
  access: (given) => (isChange(given) ? 'admin' : 'everybody'),
  asks: async ({ action, ...rest }) =>
    action === 'edit' && (rest['days'] ?? rest['time'] ?? rest['channel']) === undefined
      ? ['channel', 'days', 'time', 'zone']
      : undefined,
  async prefill({ what }, { store, team }) {
    const digest = await store.digestOf(team.id, what === 'leaderboard' ? what : 'digest');
    return digest
      ? {
          channel: digest.channel,
          days: typedDays(digest.days),
          time: digest.time,
          zone: digest.zone,
        }
      : {};
  },
  input,

  async run(given, context) {
    if (given.action === 'off') return turnOff(given.what, context);
    return isChange(given) ? turnOn(given, context) : show(given.what, context);
  },
});

/** What would be posted now, and whether it is. */
async function show(what: DigestKind, context: Context): Promise<Reply> {
  const { store, catalog, team, clock, isAdmin } = context;
  const card = await digestCard(what, { store, catalog, team, now: clock.now() });
  const digest = await store.digestOf(team.id, what);
  const blocks = card?.blocks.map(withoutTurnOff) ?? [
    { kind: 'text', text: 'Nothing to show yet. It starts when the first questions close.' },
  ];
  const switching: Button[] = digest
    ? [editButton(what), { label: 'Turn off', run: `setup digest action:off what:${what}` }]
    : [{ label: 'Post weekly', run: `setup digest action:on what:${what}`, style: 'primary' }];
  const more: Button[] = [
    what === 'digest'
      ? { label: 'Scheduled leaderboard', run: 'setup digest what:leaderboard' }
      : { label: 'Weekly digest', run: 'setup digest' },
    { label: 'Show team', run: 'setup team' },
  ];
  return {
    title: card?.title ?? (what === 'digest' ? 'Weekly digest' : 'Leaderboard'),
    blocks: [
      ...blocks.filter((block) => block.kind !== 'buttons' || block.buttons.length > 0),
      ...(digest ? [{ kind: 'note', text: postedWords(digest) } satisfies Block] : []),
      ...(isAdmin ? [{ kind: 'buttons', buttons: [...switching, ...more] } satisfies Block] : []),
    ],
  };
}

const editButton = (what: DigestKind): Button => ({
  label: 'Edit',
  run: `setup digest action:edit what:${what}`,
});

const withoutTurnOff = (block: Block): Block =>
  block.kind === 'buttons'
    ? { ...block, buttons: block.buttons.filter(({ label }) => label !== 'Turn off') }
    : block;

const postedWords = ({ what, channel, time, days, zone }: Digest) => [
  `${NAMES[what]} is posted in `,
  { channel },
  ` ${formatDays(days)} at ${time} (${zone}).`,
];

async function turnOn(given: Input, context: Context): Promise<Reply> {
  const { store, team, platform, place, zone: readerZone, clock, isElsewhere } = context;
  const before = await store.digestOf(team.id, given.what);
  const channel = given.channel ?? before?.channel ?? (await usualChannel(context));
  if (!channel || (isElsewhere && channel === place.channel))
    throw new UserError('Run this in the channel that it should be posted in.');
  const problems = await platform.check(channel);
  if (problems.length > 0)
    return {
      title: 'Not turned on yet',
      blocks: problems.map(({ words }) => ({ kind: 'text', text: spans(words) })),
    };
  const rule = {
    time: given.time ? readTime(given.time) : (before?.time ?? '16:00'),
    zone: given.zone
      ? readZone(given.zone)
      : (before?.zone ?? (team.zone === 'UTC' ? readerZone : team.zone)),
    days: given.days ? parseDays(given.days) : (before?.days ?? '5'),
  };
  const startsOn = dayIn(clock.now(), rule.zone);
  const [next] = nextSlots({ ...rule, daysOff: [], startsOn }, clock.now(), 1);
  if (!next) throw new UserError('Choose at least one day.', { option: 'days' });
  const digest: Digest = {
    teamId: team.id,
    what: given.what,
    platform: platform.name,
    channel,
    ...rule,
    nextDueAt: next.at,
  };
  await store.setDigest(digest);
  return {
    update: true,
    blocks: [
      {
        kind: 'text',
        text: [...postedWords(digest), ' Next: ', { time: next.at, show: 'moment' }, '.'],
      },
      {
        kind: 'note',
        text: 'Nothing is posted in a week without answers. People hidden from leaderboards are left out.',
      },
      {
        kind: 'buttons',
        buttons: [
          editButton(given.what),
          { label: 'Turn off', run: `setup digest action:off what:${given.what}` },
        ],
      },
    ],
  };
}

/** Where the question is posted; else where it was asked. */
async function usualChannel({ store, team, platform, place }: Context) {
  const schedules = await store.schedulesOf(team.id);
  const own = schedules.filter((each) => each.platform === platform.name);
  const here = own.find(({ channel }) => channel === place.channel);
  return (here ?? own[0])?.channel ?? (place.kind === 'direct' ? undefined : place.channel);
}

async function turnOff(what: DigestKind, { store, team }: Context): Promise<Reply> {
  const before = await store.digestOf(team.id, what);
  if (!before) return say(`${NAMES[what]} is off.`);
  await store.removeDigest(team.id, what);
  const { channel, days, time, zone } = before;
  return {
    blocks: [
      { kind: 'text', text: `${NAMES[what]} is off. Nothing more is posted.` },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Undo',
            run: runLine('setup digest', { action: 'on', what, channel, days, time, zone }),
          },
        ],
      },
    ],
  };
}
