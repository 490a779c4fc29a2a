import type { Command } from '../../bot/command.ts';
import { search } from './search.ts';

/** The same as `search`, for those who ask. */
export const ask: Command = {
  ...search,
  name: 'ask',
  summary: 'Find a question and its answer in the bank',
  example: 'ask why a KV cache',
};
