import { NO_PREFERENCES } from '../../core/interview/matching.ts';
import { planInterview } from '../../core/interview/plan.ts';
import { FIRST_RATING } from '../../core/interview/rating.ts';
import type { Difficulty } from '../../core/questions/schema.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { directRow } from '../../spine/outbox.ts';
import { type Block, type Reply, say } from '../../spine/reply.ts';
import type { NewPeerSession, PeerSession } from '../../store/schema.ts';
import { inviteCard } from './cards.ts';
import { peerHome } from './home.ts';
import { findPartner } from './partner.ts';
import { roomNote } from './room.ts';

/** Questions in each half. */
const PER_HALF = 2;

/**
 * Two questions for each half, none in both, and none that one of the two can still answer for the
 * team: the interviewer's panel shows what a good answer contains.
 */
export async function peerQuestions(
  { store, catalog }: Pick<Context, 'store' | 'catalog'>,
  { teamId, firstId, secondId }: Pick<PeerSession, 'teamId' | 'firstId' | 'secondId'>,
  { seed, level }: { seed: string; level: Difficulty | undefined },
): Promise<[string[], string[]]> {
  const { areTwins } = catalog;
  const open = new Set<string>();
  for (const id of [firstId, secondId])
    for (const questionId of await openFor({ store, team: { id: teamId }, person: { id } }))
      open.add(questionId);
  const planned = planInterview({
    bank: catalog.freeText.filter(({ id }) => ![...open].some((other) => areTwins(id, other))),
    areTwins,
    minutes: 45,
    chapters: [],
    recent: await shownLately([firstId, secondId], store),
    strength: FIRST_RATING[level ?? 'medium'],
    itemStrength: ({ difficulty }) => FIRST_RATING[difficulty],
    seed,
    ...(level ? { level } : {}),
  }).map(({ questionId }) => questionId);
  // Both halves are as long as each other, also in a small bank.
  const each = Math.min(PER_HALF, Math.floor(planned.length / 2));
  return [planned.slice(0, each), planned.slice(each, 2 * each)];
}

/** Questions of earlier interviews of either: an interviewer has read their key points, and a report shows them. */
async function shownLately(
  people: readonly string[],
  store: Pick<Context['store'], 'recentlyAsked' | 'peerSessionsOf'>,
): Promise<string[]> {
  const shown = new Set<string>();
  for (const person of people) {
    for (const { questions } of await store.peerSessionsOf(person, new Date(0)))
      for (const id of questions.flat()) shown.add(id);
    for (const id of await store.recentlyAsked(person)) shown.add(id);
  }
  return [...shown];
}

/** Invites somebody by their account; nobody is put into a room without having agreed. */
export async function invite(
  partner: string,
  level: Difficulty | undefined,
  context: Context,
): Promise<Reply> {
  const { store, person, platform, clock } = context;
  const other = await findPartner(partner, level, context);
  if (other.personId === person.id)
    throw new UserError(
      [
        "You can't invite yourself. To invite someone else, run ",
        { command: 'mock peer with:@name' },
        '.',
      ],
      { option: 'with' },
    );
  const home = await peerHome(context);
  const invited = await store.invitePeer(invitationTo(other, level, home, context), (id) => [
    directRow({
      what: 'invitation',
      key: `invite:${id}`,
      teamId: home.teamId,
      platform: platform.name,
      peerId: id,
      personId: other.personId,
      account: other.account,
      reply: inviteCard(id, person.name, { level, platform }),
      at: clock.now(),
    }),
  ]);
  if (!invited) throw new UserError("I couldn't open the session. Try again.");
  if ('open' in invited) return openBefore(invited.open, other.name, context);
  context.wake();
  const told = say(
    `I've invited ${other.name}. I'll let you know when they answer, or after 3 days if they don't.`,
  );
  return { blocks: [...told.blocks, ...roomNote(platform)], visibility: 'private' };
}

function invitationTo(
  other: { account: string; personId: string },
  level: Difficulty | undefined,
  home: { teamId: string; channel: string },
  { person, account, platform, clock }: Context,
): NewPeerSession {
  const wishes = { ...NO_PREFERENCES, level: level ?? null };
  return {
    teamId: home.teamId,
    platform: platform.name,
    origin: home.channel,
    firstId: person.id,
    secondId: other.personId,
    firstAccount: account,
    secondAccount: other.account,
    wishes: [wishes, wishes],
    // Drawn when the room opens: until then another question may have been posted.
    questions: [[], []],
    state: 'invited',
    createdAt: clock.now(),
  };
}

/** One invitation between two people is open at a time; when the other asked, yes is enough. */
function openBefore(open: PeerSession, name: string, { person, platform }: Context): Reply {
  if (open.firstId === person.id)
    return {
      ...say(
        `You've already invited ${name}, and that invitation is still open. I'll let you know when they answer.`,
      ),
      visibility: 'private',
    };
  const card = inviteCard(open.id, name, {
    level: open.wishes?.[0].level ?? undefined,
    platform,
  });
  const asked: Block = {
    kind: 'text',
    text: `You already have an invitation from ${name}. Accept, and your room opens.`,
  };
  return { ...card, blocks: [asked, ...card.blocks], visibility: 'private' };
}
