import { planInterview } from '../core/interview/plan.ts';
import { FIRST_RATING } from '../core/interview/rating.ts';
import type { Difficulty, SpokenQuestion } from '../core/questions/schema.ts';
import type { Clock } from '../core/time.ts';
import type { NewOutboxRow, PeerSession } from '../store/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import {
  feedbackReply,
  finishCard,
  inviteCard,
  type PeerDimension,
  panelCard,
  sharedQuestionCard,
} from './peer-cards.ts';
import { type Reply, say } from './reply.ts';
import type { PlatformName } from './request.ts';

/** Questions in each half. */
const PER_HALF = 2;

/** A pair that met in this time does not meet again by the lobby. */
export const NO_REPEAT_MS = 14 * 86_400_000;

/** Two questions for each half, none in both. */
export function peerQuestions(
  catalog: Context['catalog'],
  seed: string,
  level: Difficulty | undefined,
): [string[], string[]] {
  const planned = planInterview({
    bank: catalog.spoken,
    minutes: 45,
    chapters: [],
    recent: [],
    strength: FIRST_RATING[level ?? 'medium'],
    itemStrength: ({ difficulty }) => FIRST_RATING[difficulty],
    seed,
    ...(level ? { level } : {}),
  }).map(({ questionId }) => questionId);
  // Both halves are as long as each other, also in a small bank.
  const each = Math.min(PER_HALF, Math.floor(planned.length / 2));
  return [planned.slice(0, each), planned.slice(each, 2 * each)];
}

/** Invites somebody by their account; nobody is put into a room without having agreed. */
export async function invite(
  partner: string,
  level: Difficulty | undefined,
  context: Context,
): Promise<Reply> {
  const { store, person, platform, place, clock, team, seed, account } = context;
  const other = await findPartner(partner, context);
  if (other.personId === person.id)
    throw new UserError('That is you. Name somebody else: mock peer with:@name');
  const at = clock.now();
  const session = await store.addPeerSession(
    {
      teamId: team.id,
      platform: platform.name,
      origin: place.channel,
      firstId: person.id,
      secondId: other.personId,
      firstAccount: account,
      secondAccount: other.account,
      questions: peerQuestions(context.catalog, seed, level),
      state: 'invited',
      createdAt: at,
    },
    (id) => [
      direct(context, {
        key: `invite:${id}`,
        account: other.account,
        personId: other.personId,
        peerId: id,
        reply: inviteCard(id, person.name),
      }),
    ],
  );
  if (!session) throw new UserError('I could not open the session. Try again.');
  context.wake();
  return {
    ...say(`I have asked ${other.name}. You hear from me as soon as there is an answer.`),
    visibility: 'private',
  };
}

async function findPartner(typed: string, { store, platform, team, clock }: Context) {
  if (typed.includes(':')) {
    const known = await store.personOfAccount(typed);
    if (known) return { account: typed, personId: known.id, name: known.name };
    const { person } = await store.meet({
      account: typed,
      name: 'your colleague',
      workspace: `${platform.name}:${team.id}`,
      workspaceName: team.name,
      newPersonId: `p-${typed}`,
      newTeamId: team.id,
      at: clock.now(),
    });
    return { account: typed, personId: person.id, name: person.name };
  }
  const [found] = await store.accountsNamed(platform.name, typed);
  if (!found || platform.name !== 'terminal')
    throw new UserError(
      `I do not find "${typed}" here. Choose a person from the list, or type lobby to be matched: mock lobby`,
    );
  return found;
}

/** A direct message as an outbox row. */
export function direct(
  {
    team,
    platform,
    clock,
  }: { team: { id: string }; platform: { name: PlatformName }; clock: Clock },
  message: { key: string; account: string; personId: string; peerId: number; reply: Reply },
): NewOutboxRow {
  const at = clock.now();
  return {
    key: message.key,
    teamId: team.id,
    personId: message.personId,
    platform: platform.name,
    what: 'notice',
    peerId: message.peerId,
    outgoing: { kind: 'direct', account: message.account, reply: message.reply, key: message.key },
    state: 'due',
    dueAt: at,
    at,
  };
}

/** The row that opens the room of a session. */
export function roomRow(
  session: Pick<
    PeerSession,
    'id' | 'teamId' | 'platform' | 'origin' | 'firstAccount' | 'secondAccount'
  >,
  at: Date,
): NewOutboxRow {
  const key = `peer-room:${session.id}`;
  return {
    key,
    teamId: session.teamId,
    platform: session.platform,
    what: 'room',
    peerId: session.id,
    outgoing: {
      kind: 'room',
      channel: session.origin,
      title: 'Peer interview',
      accounts: [session.firstAccount, session.secondAccount],
      isPrivate: true,
      key,
    },
    state: 'due',
    dueAt: at,
    at,
  };
}

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

/** Who asks in the present half. */
export const interviewerOf = ({ state }: PeerSession): Role =>
  state === 'second' ? 'second' : 'first';

/** The question that is asked now. */
async function present(
  session: PeerSession,
  { catalogOf }: Context,
): Promise<SpokenQuestion | undefined> {
  const catalog = await catalogOf(session.teamId);
  const half = session.questions[session.state === 'second' ? 1 : 0];
  const question = catalog.question(half[session.position] ?? '');
  return question && 'keyPoints' in question ? question : undefined;
}

async function namesOf(session: PeerSession, context: Context): Promise<Record<Role, string>> {
  const first = await context.store.personOfAccount(session.firstAccount);
  const second = await context.store.personOfAccount(session.secondAccount);
  return { first: first?.name ?? 'the first', second: second?.name ?? 'the second' };
}

/** The question in the room, for both. */
export async function showShared(session: PeerSession, context: Context): Promise<Reply> {
  if (session.state === 'feedback' || session.state === 'ended') return finishCard(session.id);
  const question = await present(session, context);
  if (!question || (session.state !== 'first' && session.state !== 'second'))
    return say('Waiting for both of you: press "I am here".');
  const names = await namesOf(session, context);
  const asks = interviewerOf(session);
  const half = session.questions[asks === 'second' ? 1 : 0];
  return sharedQuestionCard(
    session,
    question,
    { asks: names[asks], answers: names[asks === 'first' ? 'second' : 'first'] },
    { number: session.position + 1, of: half.length, isLastHalf: asks === 'second' },
  );
}

/** Somebody is there; when both are, the first half begins. */
export async function here(id: number, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const set = role === 'first' ? { isFirstHere: true } : { isSecondHere: true };
  const marked = (await context.store.movePeerSession({ id, from: ['waiting'], set })) ?? session;
  if (!(marked.isFirstHere && marked.isSecondHere)) {
    if (marked.state !== 'waiting') return showShared(marked, context);
    return say(`${context.person.name} is here.`);
  }
  const begun = await context.store.movePeerSession({
    id,
    from: ['waiting'],
    set: { state: 'first', position: 0, dueAt: null },
  });
  const now = begun ?? (await context.store.peerSession(id)) ?? marked;
  if (begun) context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'first half' });
  return showShared(now, context);
}

/** The panel, for the interviewer of this half alone. */
export async function showPanel(id: number, hints: number, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const question = await present(session, context);
  if (!question || (session.state !== 'first' && session.state !== 'second'))
    throw new UserError('There is no question being asked at the moment.');
  if (interviewerOf(session) !== role)
    throw new UserError(
      'The panel is for the interviewer; in this half you answer. Your turn comes after the swap.',
    );
  const marks = (await context.store.peerMarksOf(id)).filter(
    ({ personId }) => personId === context.person.id,
  );
  return panelCard(session, question, marks, hints);
}

/** Keeps a mark or a note of the interviewer's, also a little after the question has moved on. */
export async function keepMark(
  given: {
    session: number;
    question: string;
    dimension: PeerDimension | 'note';
    mark?: number;
    note?: string;
  },
  context: Context,
): Promise<void> {
  const { session, role } = await findPeer(given.session, context);
  const half = session.questions[role === 'first' ? 0 : 1];
  if (!half.includes(given.question))
    throw new UserError('You mark only the questions that you ask yourself.');
  await context.store.markPeer({
    sessionId: given.session,
    personId: context.person.id,
    questionId: given.question,
    dimension: given.dimension,
    mark: given.mark ?? null,
    note: given.note ?? null,
    at: context.clock.now(),
  });
}

/** The next question, the swap or the end; a second press shows what is there. */
export async function goOn(id: number, at: number, half: 1 | 2, context: Context): Promise<Reply> {
  const { session, role } = await findPeer(id, context);
  const state = half === 1 ? 'first' : 'second';
  if (session.state !== state || session.position !== at) return showShared(session, context);
  if (interviewerOf(session) !== role)
    throw new UserError('The interviewer moves on; tell them when you are ready.');
  const isLast = at + 1 >= session.questions[half - 1 === 1 ? 1 : 0].length;
  const set = !isLast
    ? { position: at + 1 }
    : half === 1
      ? { state: 'second' as const, position: 0 }
      : { state: 'feedback' as const };
  const moved = await context.store.movePeerSession({ id, from: [state], position: at, set });
  if (moved && isLast)
    context.emit({
      kind: 'interview',
      interview: `peer ${id}`,
      step: half === 1 ? 'swapped' : 'feedback',
    });
  return showShared(moved ?? (await context.store.peerSession(id)) ?? session, context);
}

/** Takes one form; when both are there, each gets the other's. */
export async function sendFeedback(
  id: number,
  form: { overall: number; well: string; better: string },
  context: Context,
): Promise<Reply> {
  const { store, person, clock } = context;
  const { session } = await findPeer(id, context);
  if (session.state !== 'feedback' && session.state !== 'ended')
    throw new UserError(
      'Feedback comes at the end. Go on with the interview, or press "Stop here".',
    );
  const forms = await store.sendPeerForm({
    sessionId: id,
    personId: person.id,
    ...form,
    at: clock.now(),
  });
  if (forms.length < 2)
    return {
      ...say('Thank you. It opens for both of you when the other form is there.'),
      visibility: 'private',
    };
  const marks = await store.peerMarksOf(id);
  const names = await namesOf(session, context);
  const catalog = await context.catalogOf(session.teamId);
  const pairs: { to: Role; from: Role }[] = [
    { to: 'first', from: 'second' },
    { to: 'second', from: 'first' },
  ];
  const rows = pairs.flatMap(({ to, from }) => {
    const fromId = from === 'first' ? session.firstId : session.secondId;
    const written = forms.find(({ personId }) => personId === fromId);
    if (!written) return [];
    const asked = session.questions[from === 'first' ? 0 : 1].flatMap((questionId) => {
      const question = catalog.question(questionId);
      return question && 'keyPoints' in question ? [question] : [];
    });
    return [
      direct(context, {
        key: `peer-feedback:${id}:${to}`,
        account: to === 'first' ? session.firstAccount : session.secondAccount,
        personId: to === 'first' ? session.firstId : session.secondId,
        peerId: id,
        reply: feedbackReply(
          names[from],
          written,
          marks.filter(({ personId }) => personId === fromId),
          asked,
        ),
      }),
    ];
  });
  const ended = await store.movePeerSession({
    id,
    from: ['feedback'],
    set: { state: 'ended' },
    rows,
  });
  if (ended) context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'ended' });
  context.wake();
  return {
    ...say('Thank you. Both forms are there: you get what the other wrote in a direct message.'),
    visibility: 'private',
  };
}
