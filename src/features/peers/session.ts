import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { runLine } from '../../spine/button.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Reply, say, type Text } from '../../spine/reply.ts';
import type { PeerSession } from '../../store/schema.ts';

/** Which of the two somebody is. */
export type Role = 'first' | 'second';

/**
 * A session and which of the two this person is.
 *
 * @throws UserError for anybody else.
 */
export async function findPeer(
  id: number,
  { store, person }: Context,
): Promise<{ session: PeerSession; role: Role }> {
  const session = await store.peerSession(id);
  if (!session)
    throw new UserError([
      'This peer interview no longer exists. To start another, run ',
      { command: 'mock peer with:@name' },
      '.',
    ]);
  if (session.firstId === person.id) return { session, role: 'first' };
  if (session.secondId === person.id) return { session, role: 'second' };
  throw new UserError("You're not part of this interview, but you can read along.");
}

/** The other of the two. */
export const otherOf = (role: Role): Role => (role === 'first' ? 'second' : 'first');

/** Who asks in this half. */
export const interviewerOf = ({ state }: PeerSession): Role =>
  state === 'second' ? 'second' : 'first';

/** The questions that one of the two asks now or has asked, in order. */
export function askedBy(role: Role, { state, position, questions }: PeerSession): string[] {
  const half = questions[role === 'first' ? 0 : 1];
  if (state === role) return half.slice(0, position + 1);
  const isOver = state === 'feedback' || state === 'ended' || state === 'second';
  return isOver ? half : [];
}

/** The question that is asked now. */
export function currentQuestion(
  session: PeerSession,
  context: Context,
): Promise<FreeTextQuestion | undefined> {
  const half = session.questions[session.state === 'second' ? 1 : 0];
  return freeTextQuestion(half[session.position] ?? '', session, context);
}

/** An interview question of the team's bank; undefined when it has left it. */
export async function freeTextQuestion(
  id: string,
  { teamId }: PeerSession,
  { catalogOf }: Context,
): Promise<FreeTextQuestion | undefined> {
  const question = (await catalogOf(teamId)).question(id);
  return question && 'keyPoints' in question ? question : undefined;
}

/** What both are called. */
export async function namesOf(
  session: PeerSession,
  { store }: Pick<Context, 'store'>,
): Promise<Record<Role, string>> {
  const first = await store.personOfAccount(session.firstAccount);
  const second = await store.personOfAccount(session.secondAccount);
  return { first: first?.name ?? 'the first', second: second?.name ?? 'the second' };
}

/** For someone who answers their own invitation. */
export async function ownInvitation(
  session: PeerSession,
  context: Pick<Context, 'store'>,
): Promise<Reply> {
  const { second } = await namesOf(session, context);
  return say(`You sent this invitation. It's up to ${second} to accept it.`);
}

/** How an invitation was answered, for who answers it again. */
const ANSWERED: Record<Exclude<PeerSession['state'], 'lapsed'>, Text> = {
  invited: "This invitation hasn't been answered yet.",
  opening: 'Accepted. Your room is opening now.',
  waiting: 'Accepted. Your room is open.',
  first: 'Accepted. Your interview is under way.',
  second: 'Accepted. Your interview is under way.',
  feedback: 'Accepted. Your interview is over, and feedback comes next.',
  ended: 'Accepted. Your interview is over.',
  declined: 'This invitation was declined.',
  missed: "Accepted, but the interview didn't take place.",
};

/** For someone who answers an invitation that is over: what the first answer was. */
export async function settledBefore(
  session: PeerSession,
  context: Pick<Context, 'store'>,
): Promise<Reply> {
  const { state } = (await context.store.peerSession(session.id)) ?? session;
  if (state !== 'lapsed') return { ...say(ANSWERED[state]), update: true };
  const { first } = await namesOf(session, context);
  return {
    update: true,
    blocks: [
      {
        kind: 'text',
        text: `This invitation expired. If you have time now, invite ${first}.`,
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Send invitation',
            run: runLine('mock', { mode: 'peer', with: session.firstAccount }),
            style: 'primary',
          },
        ],
      },
    ],
  };
}
