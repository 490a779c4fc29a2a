import type { Command } from '../bot/command.ts';
import { answer } from './answer.ts';
import { answerHint } from './answer-hint.ts';
import { answerNumber } from './answer-number.ts';
import { answerOrder } from './answer-order.ts';
import { answerReveal } from './answer-reveal.ts';
import { daily } from './daily.ts';
import { defineHelp } from './help.ts';
import { home } from './home.ts';
import { leaderboard } from './leaderboard.ts';
import { me } from './me.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import { why } from './why.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  daily,
  leaderboard,
  why,
  me,
  setup,
  status,
  defineHelp(() => COMMANDS),
  home,
  answer,
  answerNumber,
  answerOrder,
  answerHint,
  answerReveal,
];
