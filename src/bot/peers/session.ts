import type { SpokenQuestion } from '../../core/questions/schema.ts';
import type { PeerSession } from '../../store/schema.ts';
import { runLine } from '../button.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { type Reply, say } from '../reply.ts';

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
    throw new UserError('This peer interview is gone. Type mock peer with:@name to begin another.');
  if (session.firstId === person.id) return { session, role: 'first' };
  if (session.secondId === person.id) return { session, role: 'second' };
  throw new UserError('You are not one of the two in this interview; reading along is fine.');
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
): Promise<SpokenQuestion | undefined> {
  const half = session.questions[session.state === 'second' ? 1 : 0];
  return spokenQuestion(half[session.position] ?? '', session, context);
}

/** An interview question of the team's bank; undefined when it has left it. */
export async function spokenQuestion(
  id: string,
  { teamId }: PeerSession,
  { catalogOf }: Context,
): Promise<SpokenQuestion | undefined> {
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

/** For whoever answers their own invitation. */
export const NOT_YOURS = 'You have asked; the answer is the other’s to give.';

/** For whoever answers an invitation that is over. */
export function settledBefore({ state, firstAccount }: PeerSession): Reply {
  if (state !== 'lapsed') return { ...say('This was settled before.'), update: true };
  return {
    update: true,
    blocks: [
      {
        kind: 'text',
        text: 'I took this invitation back, since no answer came. If you have time now, ask in return.',
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Ask in return',
            run: runLine('mock', { mode: 'peer', with: firstAccount }),
            style: 'primary',
          },
        ],
      },
    ],
  };
}
