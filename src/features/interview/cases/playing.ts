import { fixesOf } from '../../../core/cases/incident.ts';
import { openCase } from '../../../core/cases/open.ts';
import {
  type CaseState,
  type CaseStep,
  checkerOf,
  factsOf,
  MOST_FACTS,
  type Played,
  STEPS,
  shareOf,
  stateOf,
} from '../../../core/cases/play.ts';
import type { Context } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { CasePlay } from '../../../store/schema.ts';

/** A case that somebody plays, with its events folded. */
export type CaseSession = { play: CasePlay; playing: Played; state: CaseState };

/**
 * Begins a case with numbers of its own.
 *
 * @throws UserError when there's no such case.
 */
export async function startCase(id: string, context: Context): Promise<CaseSession> {
  const { catalog, store, person, team, clock, seed } = context;
  const played = catalog.cases.find((each) => each.id === id);
  if (!played) throw new UserError(noSuchCase(id));
  const play = await store.startCase({
    personId: person.id,
    teamId: team.id,
    caseId: id,
    drawn: openCase(played, catalog, seed),
    at: clock.now(),
  });
  return sessionOf(play, context);
}

const noSuchCase = (id: string) => [
  `I don't know the case "${id}". Run `,
  { command: 'mock case' },
  ' to choose one.',
];

function sessionOf(play: CasePlay, { catalog }: Context): CaseSession {
  const played = catalog.cases.find(({ id }) => id === play.caseId);
  if (!played) throw new UserError(noSuchCase(play.caseId));
  return {
    play,
    playing: { played, drawn: play.drawn, facts: catalog },
    state: stateOf(played, play.events),
  };
}

/**
 * The case behind a button, for the person whose it is.
 *
 * @throws UserError for anybody else, and when it's gone.
 */
export async function loadCase(id: number, context: Context): Promise<CaseSession> {
  const play = await context.store.casePlay(id);
  if (!play)
    throw new UserError(['This case is gone. Run ', { command: 'mock case' }, ' to start one.']);
  if (play.personId !== context.person.id)
    throw new UserError([
      "This case isn't yours. Run ",
      { command: 'mock case' },
      ' to start your own.',
    ]);
  return sessionOf(play, context);
}

/** Why nothing more is kept of a case. */
const isClosed = ({ play, state }: CaseSession) =>
  play.endedAt !== null && state.step !== undefined;

/** @throws UserError for a case that another one has replaced. */
export function requireOpen(session: CaseSession): void {
  if (isClosed(session))
    throw new UserError([
      'You started another case since. Run ',
      { command: 'mock case' },
      ' to continue it.',
    ]);
}

/** The design that stands before a step: the one of the last step that asked for one. */
export function designBefore({ state }: CaseSession, step: CaseStep): string | undefined {
  const steps: readonly CaseStep[] = STEPS.design;
  return steps
    .slice(0, steps.indexOf(step))
    .filter((each) => each === 'design' || each.startsWith('twist-'))
    .flatMap((each) => state.answers.get(each)?.value ?? [])
    .at(-1);
}

/** Answers the step that is asked now; one that was answered before, or isn't asked yet, stays as it is. */
export async function answerCase(
  session: CaseSession,
  { step, value }: { step: CaseStep; value: string },
  context: Context,
): Promise<CaseSession> {
  const { play, playing, state } = session;
  if (state.step !== step) return session;
  requireOpen(session);
  requireValue(session, step, value);
  const steps = STEPS[playing.played.kind];
  const share = shareOf(playing, { step, value, state });
  await context.store.addCaseEvent({
    play,
    event: { kind: 'answered', step, value, share },
    isLast: steps[steps.length - 1] === step,
    at: context.clock.now(),
  });
  // When somebody was faster, what they answered is shown.
  return loadCase(play.id, context);
}

/** Runs a check of an incident; the same one once more costs nothing. */
export async function runCheck(
  session: CaseSession,
  check: string,
  context: Context,
): Promise<CaseSession> {
  const { play, playing, state } = session;
  const isKnown =
    playing.played.kind === 'incident' && playing.played.checks.some(({ id }) => id === check);
  if (!isKnown) throw new UserError("I don't know that check. Choose it from the list again.");
  if (state.step !== 'cause' || state.checks.includes(check)) return session;
  requireOpen(session);
  await context.store.addCaseEvent({
    play,
    event: { kind: 'checked', check },
    isLast: false,
    at: context.clock.now(),
  });
  return loadCase(play.id, context);
}

/** Buttons carry values of this case alone; anything else was typed. */
function requireValue({ playing }: CaseSession, step: CaseStep, value: string): void {
  const { played, drawn, facts } = playing;
  const isOne = (list: readonly unknown[]) => list[Number(value)] !== undefined;
  const isKnown =
    step === 'scope'
      ? isScope(
          value,
          factsOf(playing).map((fact) => fact.value),
        )
      : step === 'sensitivity' || step === 'estimate'
        ? Number.isFinite(Number(value)) && value !== ''
        : step === 'choice'
          ? played.kind === 'design' && isOne(played.choice.options)
          : step === 'fix'
            ? played.kind === 'incident' && isOne(fixesOf(played, drawn))
            : step === 'cause'
              ? played.kind === 'incident' && played.causes.some(({ id }) => id === value)
              : Boolean(checkerOf(playing).words(value, facts));
  if (!isKnown) throw new UserError("That isn't an answer to this step. Choose it again.");
}

function isScope(value: string, facts: readonly string[]): boolean {
  const chosen = value.split(',');
  return (
    chosen.length <= MOST_FACTS &&
    new Set(chosen).size === chosen.length &&
    chosen.every((each) => facts.includes(each))
  );
}
