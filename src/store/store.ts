import type { Connection } from './connection.ts';
import { answerQueries } from './queries/answers.ts';
import { boardQueries } from './queries/boards.ts';
import { correctionQueries } from './queries/corrections.ts';
import { deliveryQueries } from './queries/deliveries.ts';
import { interviewQueries } from './queries/interviews.ts';
import { itemAnswerQueries } from './queries/item-answers.ts';
import { liveQueries } from './queries/live/rounds.ts';
import { lobbyQueries } from './queries/lobby.ts';
import { outboxQueries } from './queries/outbox.ts';
import { peerFormQueries } from './queries/peer-forms.ts';
import { peerQueries } from './queries/peers.ts';
import { peopleQueries } from './queries/people.ts';
import { personalQueries } from './queries/personal.ts';
import { placeQueries } from './queries/places.ts';
import { postQueries } from './queries/posts.ts';
import { cardQueries } from './queries/practice/cards.ts';
import { pathQueries } from './queries/practice/paths.ts';
import { practiceQueries } from './queries/practice/practices.ts';
import { progressQueries } from './queries/practice/progress.ts';
import { probeQueries } from './queries/probe.ts';
import { questionQueries } from './queries/questions.ts';
import { revealQueries } from './queries/reveals.ts';
import { scheduleQueries } from './queries/schedules.ts';
import { settingChangeQueries } from './queries/settings/changes.ts';
import { spokenAnswerQueries } from './queries/spoken-answers.ts';
import { suggestionQueries } from './queries/suggestions.ts';
import { sweepingQueries } from './queries/sweeping.ts';
import { digestQueries } from './queries/together/digests.ts';
import { groupQueries } from './queries/together/groups.ts';
import { nameQueries } from './queries/together/names.ts';
import { reminderQueries } from './queries/together/reminders.ts';
import { seasonQueries } from './queries/together/seasons.ts';
import { shareQueries } from './queries/together/shares.ts';
import { installationQueries } from './queries/workspaces/installations.ts';
import { workspaceQueries } from './queries/workspaces/workspaces.ts';

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
    ...spokenAnswerQueries(connection),
    ...revealQueries(connection),
    ...boardQueries(connection),
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
