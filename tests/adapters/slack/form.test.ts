import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formValues, formView, problemFields } from '../../../src/adapters/slack/form.ts';
import { packMetadata, readMetadata } from '../../../src/adapters/slack/origin.ts';
import type { Field, Form } from '../../../src/spine/form.ts';
import { viewProblems } from '../../support/slack/blocks.ts';

const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name: kind,
  label: `A ${kind}`,
  kind,
  required: true,
  ...more,
});

const every: Form = {
  id: '1:setup',
  title: 'Everything that can be asked',
  submit: 'Turn the daily question on',
  problems: [{ text: 'Please look again.' }],
  fields: [
    field('text', { value: 'as typed', maxLength: 64, hint: 'One line.' }),
    field('paragraph', { value: 'x'.repeat(9000), maxLength: 4000 }),
    field('number', { value: '2.5' }),
    field('choice', { choices: ['easy', 'hard'], value: 'hard' }),
    field('choices', { choices: ['mon', 'tue', 'wed'], value: 'mon,wed' }),
    field('yes-no', { value: 'true' }),
    field('channel', { value: 'C1' }),
    field('person', { value: 'slack:T1/U1' }),
    field('file'),
  ],
};

test('a form of every kind of field is a window that Slack accepts', () => {
  expect(viewProblems(formView(every, '{}'), 'modal')).toEqual([]);
});

test('what was typed stands in the form again', () => {
  const text = JSON.stringify(formView(every, '{}'));

  for (const value of ['as typed', '"initial_value":"2.5"', '"initial_user":"U1"']) {
    expect(text).toContain(value);
  }
  expect(text).toContain('"initial_options":[{"text":{"type":"plain_text","text":"mon"');
  expect(text).toContain('Please look again.');
});

test('a text that is too long for Slack says what became of its end', () => {
  const hintOf = (length: number) => {
    const long = field('paragraph', { value: 'x'.repeat(length), hint: 'A few sentences.' });
    return JSON.stringify(formView({ ...every, fields: [long] }, '{}').blocks);
  };

  expect(hintOf(3001)).toContain('This text has 3,001 characters, and Slack allows 3,000');
  expect(hintOf(3000)).not.toContain('left out');
  expect(hintOf(3001)).toContain('A few sentences.');
});

test('a stored value that Slack would refuse is left out', () => {
  const form: Form = {
    ...every,
    fields: [
      field('number', { value: '8k' }),
      field('choice', { choices: ['a'], value: 'b' }),
      field('choices', { choices: ['a'], value: 'b' }),
      field('text', { value: '' }),
      field('channel', { value: 'D0ADA' }),
    ],
  };

  const view = formView(form, '{}');

  expect(viewProblems(view, 'modal')).toEqual([]);
  expect(JSON.stringify(view)).not.toContain('initial_');
});

test('values keep their kind, and an empty field is missing', async () => {
  const values = formValues(
    {
      text: { text: { value: ' as typed ' } },
      empty: { text: { value: null } },
      number: { number: { value: '2.5' } },
      choice: { choice: { selected_option: { value: 'hard' } } },
      none: { choice: { selected_option: null } },
      choices: { choices: { selected_options: [{ value: 'mon' }, { value: 'wed' }] } },
      nothing: { choices: { selected_options: [] } },
      quiet: { 'yes-no': { selected_option: { value: 'No' } } },
      channel: { channel: { selected_conversation: 'C1' } },
      person: { person: { selected_user: 'U1' } },
      file: { file: { value: '{"a": "é"}' } },
    },
    'T1',
  );

  const { file, ...others } = values;
  expect(others).toEqual({
    text: ' as typed ',
    number: '2.5',
    choice: 'hard',
    choices: ['mon', 'wed'],
    quiet: false,
    channel: 'C1',
    person: 'slack:T1/U1',
  });
  if (typeof file !== 'object' || !('text' in file)) throw new Error('no file');
  expect([file.name, file.bytes, await file.text()]).toEqual(['pasted text', 11, '{"a": "é"}']);
});

test('a problem stands under the field that it is about, or under the first', () => {
  const form = (text: string, field?: string): Form => ({
    ...every,
    problems: [{ text, ...(field ? { field } : {}) }],
    fields: ['zone', 'time'].map((name) => ({ name, label: name, kind: 'text', required: true })),
  });

  expect(problemFields(form('Time: no zone has it.', 'time'), ['zone', 'time'])).toEqual({
    time: 'Time: no zone has it.',
  });
  expect(problemFields(form('Something else.'), ['zone', 'time'])).toEqual({
    zone: 'Something else.',
  });
  expect(problemFields(form('Time: not a time.', 'time'), ['zone'])).toBeUndefined();
});

test('what a form carries comes back, and always fits', () => {
  const origin = {
    user: 'U1',
    place: { channel: 'C1', thread: '1.1', kind: 'thread' as const },
    surface: 'message' as const,
  };
  const long = { ...origin, responseUrl: `https://hooks.slack.com/${'x'.repeat(3000)}` };

  expect(readMetadata(packMetadata({ form: '1:setup', origin }))).toEqual({
    form: '1:setup',
    origin,
  });
  expect(packMetadata({ form: '1:setup', origin: long }).length).toBeLessThanOrEqual(3000);
  expect(readMetadata(packMetadata({ form: '1:setup', origin: long }))).toEqual({
    form: '1:setup',
    origin,
  });
  expect(readMetadata('not ours')).toBeUndefined();
  expect(readMetadata('{}')).toBeUndefined();
});

test('no words in a form make a window that Slack refuses', () => {
  const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 6000 });
  const kinds = fc.constantFrom<Field['kind']>('text', 'paragraph', 'number', 'file', 'yes-no');
  fc.assert(
    fc.property(words, words, kinds, (first, second, kind) => {
      const form: Form = {
        id: '1:x',
        title: first,
        submit: second,
        problems: [{ text: first }],
        fields: [field(kind, { label: first, hint: second, value: first })],
      };

      expect(viewProblems(formView(form, '{}'), 'modal')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
