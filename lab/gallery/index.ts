import { ANSWERS } from './answers.ts';
import { BANK } from './bank.ts';
import { DAILY } from './daily.ts';
import type { Entry } from './entry.ts';
import { ESTIMATES } from './estimates.ts';
import { GENERAL } from './general.ts';
import { INTERVIEWS } from './interviews.ts';
import { LIVE } from './live.ts';
import { MEMORY } from './memory.ts';
import { PATHS } from './paths.ts';
import { PEERS } from './peers.ts';
import { PRACTICE } from './practice.ts';
import { QUESTIONS } from './questions.ts';
import { SETUP } from './setup.ts';
import { SHARING } from './sharing.ts';
import { STANDING } from './standing.ts';
import { TOGETHER } from './together.ts';
import { WORDS } from './words.ts';

/** Every view of every command, in the order in which the gallery shows them. */
export const GALLERY: readonly Entry[] = [
  ...DAILY,
  ...ANSWERS,
  ...PRACTICE,
  ...LIVE,
  ...WORDS,
  ...STANDING,
  ...TOGETHER,
  ...SHARING,
  ...SETUP,
  ...PATHS,
  ...BANK,
  ...MEMORY,
  ...ESTIMATES,
  ...QUESTIONS,
  ...INTERVIEWS,
  ...PEERS,
  ...GENERAL,
];
