import type { Command } from '../../bot/command.ts';
import { search } from './search.ts';

/** The same as `search`, for people who ask a question. */
export const ask: Command = {
  ...search,
  name: 'ask',
  summary: 'Find a question and its solution',
  example: 'ask why a KV cache',
};
