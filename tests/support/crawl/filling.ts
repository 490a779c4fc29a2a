import type { FormSeen } from '../stage.ts';

/** How a form is filled in: as meant, with nothing, or with nonsense. */
export type How = 'well' | 'empty' | 'wrong';

/** A word that only one person wrote, once. */
export const markOf = (name: string, number: number) => `zq${name}${number}qz`;

const ANSWER =
  'The cache holds the keys and values of past tokens, so that none is computed twice.';

/** What is typed where nothing is chosen, by the name of the field. */
const SENSIBLE: Record<string, string> = {
  time: '10:00',
  zone: 'UTC',
  days: 'weekdays',
  number: '16',
  value: '16',
  order: 'abc',
  model: 'llama-3.1-8b',
  gpu: '4090',
  gpus: '4090',
  chapter: '5',
  difficulty: 'easy',
  key: 'b',
  hours: '10-12',
  note: 'It was clear.',
  parameters: '8b',
  tokens: '15t',
  models: 'llama-3.1-8b',
};

type Field = FormSeen['fields'][number];

/** The values of a form, filled in in one of these ways. */
export function filling(
  form: FormSeen,
  how: How,
  { mark, platform }: { mark: string; platform: string },
): Record<string, string> {
  const typed = platform === 'terminal';
  const filled = form.fields.flatMap((field): [string, string][] => {
    const value = fieldValue(field, how, mark, typed);
    return value === undefined ? [] : [[field.name, value]];
  });
  return Object.fromEntries(filled);
}

/** What closes a form in the terminal, and no further lines. */
export const cancelling = ({ fields }: FormSeen): Record<string, string> =>
  Object.fromEntries(fields.map(({ name }, index) => [name, index === 0 ? 'cancel' : '']));

function fieldValue(field: Field, how: How, mark: string, isTyped: boolean): string | undefined {
  const { name, choices, required, value } = field;
  // A line of the terminal that may not be empty is asked again until it is not.
  if (how === 'empty') return isTyped && required && value === '' ? mark : isTyped ? undefined : '';
  if (choices.length > 0) return how === 'wrong' && isTyped ? mark : choices[0];
  if (how === 'wrong') return `${mark} !?`;
  if (name === 'file' && isTyped) return 'package.json';
  if (/channel|with|person|file/.test(name)) return undefined;
  return SENSIBLE[name] ?? (value || `${ANSWER} ${mark}`);
}
