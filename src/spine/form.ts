import type { Block, Text } from './reply.ts';

export type Field = {
  name: string;
  label: string;
  /** How it is typed or chosen; `paragraph` is a large text field. */
  kind:
    | 'text'
    | 'paragraph'
    | 'number'
    | 'choice'
    | 'choices'
    | 'yes-no'
    | 'channel'
    | 'person'
    | 'file';
  required: boolean;
  choices?: string[];
  /** What a choice is called where its value does not say it. */
  labels?: Record<string, string>;
  /** The command whose option of this name is picked from a list, beside typing what is not on it. */
  suggests?: string;
  value?: string;
  maxLength?: number;
  hint?: string;
};

/** What was wrong with a form as it was sent; without a field it is about all of it. */
export type FormProblem = { field?: string; text: Text };

/** A command with something missing, as the adapter asks for it. `id` is a saved command. */
export type Form = {
  id: string;
  title: string;
  submit: string;
  /** What it is about, such as the question that it answers; shown above the fields. */
  about?: Block[];
  fields: Field[];
  /** All that was wrong, at once. */
  problems?: FormProblem[];
};

/** Discord's modals hold five fields at the most. */
export const MAX_FIELDS = 5;
