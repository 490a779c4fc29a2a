import type { Checker } from './checker.ts';
import type { DesignCase } from './schema.ts';
import { SERVING } from './serving-checker.ts';
import { TUNING } from './tuning.ts';

/** The arithmetic of designs, by the name that a case's file gives. */
export const CHECKERS = {
  serving: SERVING,
  tuning: TUNING,
} satisfies Record<DesignCase['checker'], Checker>;
