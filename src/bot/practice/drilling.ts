import { drawAgain } from '../../core/questions/generators/drawn.ts';
import type { DrawnQuestion } from '../../core/questions/generators/generator.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';

/**
 * The drill behind a button: its id holds kind and seed, so nothing is stored.
 *
 * @throws UserError when this version draws no such question.
 */
export function findDrill(id: string, { catalog }: Pick<Context, 'catalog'>): DrawnQuestion {
  const question = drawAgain(catalog.generators, id);
  if (!question)
    throw new UserError([
      'This drill is no longer available. Run ',
      { command: 'drill' },
      ' for a new one.',
    ]);
  return question;
}
