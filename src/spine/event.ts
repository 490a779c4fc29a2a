import type { PlatformName } from './request.ts';

/** What happened, as plain data without anybody's words. The log and the tests read it. */
export type Event =
  | {
      kind: 'command';
      command: string;
      platform: PlatformName;
      outcome: 'replied' | 'form' | 'refused' | 'failed' | 'repeated';
      ms: number;
      reference?: string;
    }
  /** The platform knows that we heard a person; the reply may come later. */
  | { kind: 'acknowledged'; platform: PlatformName; ms: number }
  /** A platform answered that we called it too often (429). */
  | { kind: 'limited'; platform: PlatformName }
  /** The slot of a day is taken, and its question is on its way. */
  | { kind: 'claimed'; schedule: string; day: string }
  /** No question fits the schedule, so its slot stays empty. */
  | { kind: 'empty'; schedule: string; day: string }
  | { kind: 'posted'; schedule: string; day: string; post: string }
  | { kind: 'missed'; schedule: string; day: string; why: string }
  | {
      kind: 'answered';
      post: string;
      person: string;
      try: number;
      right: boolean;
      quarters: number;
    }
  | { kind: 'hinted' | 'revealed'; post: string; person: string }
  | { kind: 'answered-in-words'; post: string; person: string; isChange: boolean }
  | { kind: 'shown' | 'kept-back'; post: string; person: string }
  | { kind: 'voted'; post: string; person: string; isMove: boolean }
  | { kind: 'counted'; post: string; votes: number }
  | { kind: 'closed'; post: string; answered: number }
  | { kind: 'recapped'; post: string }
  | { kind: 'withdrawn' | 'restored' | 'corrected'; post: string }
  | { kind: 'scheduled' | 'paused' | 'resumed' | 'skipped' | 'unskipped'; schedule: string }
  | {
      kind: 'sent';
      what: string;
      platform: PlatformName;
      outcome: string;
      ms: number;
      problem?: string;
    }
  | { kind: 'interview'; interview: string; step: string }
  | {
      kind: 'live';
      round: string;
      step: 'opened' | 'asked' | 'closed' | 'paused' | 'resumed' | 'ended';
    }
  | { kind: 'question'; question: string; step: QuestionStep }
  | { kind: 'imported'; added: number; changed: number }
  | { kind: 'forgotten'; person: string }
  | { kind: 'failed'; where: string; reference: string; error: unknown }
  | { kind: 'started' | 'stopping'; what: string }
  /** The database was migrated; `copy` is the file as it was before. */
  | { kind: 'upgraded'; copy: string };

/** What happened to a question of the bank or of a team. */
export type QuestionStep =
  | 'added'
  | 'changed'
  | 'suggested'
  | 'approved'
  | 'declined'
  | 'disabled'
  | 'enabled'
  | 'reset'
  | 'reported';

export type Emit = (event: Event) => void;
