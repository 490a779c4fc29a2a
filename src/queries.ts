import { itemAnswerQueries } from './features/bank/queries/item-answers.ts';
import { suggestionQueries } from './features/bank/queries/suggestions.ts';
import { answerQueries } from './features/daily/queries/answers.ts';
import { correctionQueries } from './features/daily/queries/corrections.ts';
import { freeTextAnswerQueries } from './features/daily/queries/free-text-answers.ts';
import { postQueries } from './features/daily/queries/posts.ts';
import { revealQueries } from './features/daily/queries/reveals.ts';
import { scheduleQueries } from './features/daily/queries/schedules.ts';
import { settingChangeQueries } from './features/daily/queries/setting-changes.ts';
import { caseQueries } from './features/interview/queries/cases.ts';
import { examinerQueries } from './features/interview/queries/examiners.ts';
import { interviewQueries } from './features/interview/queries/interviews.ts';
import { liveQueries } from './features/live/queries/rounds.ts';
import { lobbyQueries } from './features/peers/queries/lobby.ts';
import { peerFormQueries } from './features/peers/queries/peer-forms.ts';
import { peerQueries } from './features/peers/queries/peers.ts';
import { cardQueries } from './features/practice/queries/cards.ts';
import { pathQueries } from './features/practice/queries/paths.ts';
import { practiceQueries } from './features/practice/queries/practices.ts';
import { progressQueries } from './features/practice/queries/progress.ts';
import { boardQueries } from './features/team/queries/boards.ts';
import { digestQueries } from './features/team/queries/digests.ts';
import { groupQueries } from './features/team/queries/groups.ts';
import { nameQueries } from './features/team/queries/names.ts';
import { peopleQueries } from './features/team/queries/people.ts';
import { personalQueries } from './features/team/queries/personal.ts';
import { reminderQueries } from './features/team/queries/reminders.ts';
import { seasonQueries } from './features/team/queries/seasons.ts';
import { shareQueries } from './features/team/queries/shares.ts';
import type { Connection } from './store/connection.ts';
import { deliveryQueries } from './store/queries/deliveries.ts';
import { outboxQueries } from './store/queries/outbox.ts';
import { placeQueries } from './store/queries/places.ts';
import { probeQueries } from './store/queries/probe.ts';
import { questionQueries } from './store/queries/questions.ts';
import { sweepingQueries } from './store/queries/sweeping.ts';
import { installationQueries } from './store/queries/workspaces/installations.ts';
import { workspaceQueries } from './store/queries/workspaces/workspaces.ts';

/** Everything that is remembered. Each method is one atomic step that is safe to repeat. */
export function createStore(connection: Connection) {
  return {
    ...peopleQueries(connection),
    ...personalQueries(connection),
    ...scheduleQueries(connection),
    ...settingChangeQueries(connection),
    ...postQueries(connection),
    ...answerQueries(connection),
    ...correctionQueries(connection),
    ...freeTextAnswerQueries(connection),
    ...revealQueries(connection),
    ...boardQueries(connection),
    ...examinerQueries(connection),
    ...caseQueries(connection),
    ...interviewQueries(connection),
    ...liveQueries(connection),
    ...lobbyQueries(connection),
    ...peerFormQueries(connection),
    ...peerQueries(connection),
    ...questionQueries(connection),
    ...suggestionQueries(connection),
    ...itemAnswerQueries(connection),
    ...outboxQueries(connection),
    ...deliveryQueries(connection),
    ...placeQueries(connection),
    ...probeQueries(connection),
    ...cardQueries(connection),
    ...pathQueries(connection),
    ...progressQueries(connection),
    ...practiceQueries(connection),
    ...sweepingQueries(connection),
    ...digestQueries(connection),
    ...groupQueries(connection),
    ...nameQueries(connection),
    ...seasonQueries(connection),
    ...shareQueries(connection),
    ...reminderQueries(connection),
    ...workspaceQueries(connection),
    ...installationQueries(connection),
  };
}

export type Store = ReturnType<typeof createStore>;
