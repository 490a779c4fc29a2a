import { BUILT_BANK, BUILT_DATABASE } from '../../paths.ts';

/** What the machine reads, by its name in the folder of the demo. */
export const FILES: Record<string, string> = {
  'bank.json': BUILT_BANK,
  'empty.db': BUILT_DATABASE,
  'grading.json': BUILT_BANK.replace('bank.json', 'grading.json'),
};
