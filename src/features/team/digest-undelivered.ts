import type { JobContext } from '../../spine/job.ts';
import { noticeToAdmins } from '../../spine/notice.ts';
import { spans, type Text } from '../../spine/reply.ts';
import type { NewOutboxRow, OutboxRow } from '../../store/schema.ts';

const NAMES: Record<string, string> = {
  digest: 'the weekly digest',
  leaderboard: 'the scheduled leaderboard',
};

/** Tells the person who keeps the team's schedule, best the one of the same channel; nothing for any other row. */
export async function digestFailed(
  context: JobContext,
  { key, what, outgoing, teamId, platform }: OutboxRow,
  state: 'lost' | 'failed',
  problem: Text,
): Promise<NewOutboxRow[]> {
  const name = NAMES[what];
  if (!name || outgoing.kind !== 'post') return [];
  const { channel } = outgoing;
  const own = (await context.store.schedulesOf(teamId)).filter(
    (each) => each.platform === platform && each.keeperId !== null,
  );
  const schedule = own.find((each) => each.channel === channel) ?? own[0];
  if (!schedule) return [];
  const where = [` ${name} `, state === 'lost' ? 'to ' : 'in ', { channel }];
  const text: Text =
    state === 'lost'
      ? [
          'I sent',
          ...where,
          ", but its arrival wasn't confirmed (",
          ...spans(problem),
          "). I won't resend it, to avoid a duplicate.",
        ]
      : ["I couldn't post", ...where, '. ', ...spans(problem)];
  return noticeToAdmins(context, schedule, {
    key: `${state}:${key}`,
    reply: {
      title: state === 'lost' ? 'Was it posted?' : "Couldn't post",
      blocks: [
        { kind: 'text', text },
        { kind: 'note', text: 'The next one comes on schedule.' },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Edit', run: `setup digest action:edit what:${what}` },
            { label: 'Turn off', run: `setup digest action:off what:${what}` },
          ],
        },
      ],
    },
  });
}
