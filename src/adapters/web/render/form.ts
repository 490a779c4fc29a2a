import { draw, styled, type Tree } from './tree.ts';

/** One field of a drawn form; its name is the option that it fills. */
export type DrawnField = {
  look: 'dc' | 'sl';
  name: string;
  label: string;
  hint: string | undefined;
  isRequired: boolean;
};

/** Who and what can be chosen in a form. */
export type Directory = {
  channels: { id: string; name: string }[];
  people: { id: string; name: string }[];
};

/** A choice of a menu in a form. */
export type Choice = { label: string; value: string; isChosen: boolean };

/** A label, what belongs to it, and its hint, tied together for those who hear them. */
export function drawField(field: DrawnField, control: (id: string) => Tree[]): Tree {
  const { look, label, hint } = field;
  const id = idOf(field);
  return styled(
    'div',
    `${look}-field`,
    draw('label', { for: id, class: `${look}-label` }, label, ...needed(field)),
    ...(hint ? [draw('p', { class: `${look}-hint`, id: `${id}-hint` }, hint)] : []),
    ...control(id),
  );
}

function idOf({ look, name }: DrawnField): string {
  return `${look}-field-${name}`;
}

function needed({ look, isRequired }: DrawnField): Tree[] {
  if (look === 'dc') return isRequired ? [styled('span', 'dc-needed', ' *')] : [];
  return isRequired ? [] : [styled('span', 'dim', ' (optional)')];
}

function shared(field: DrawnField, id: string) {
  return {
    id,
    name: field.name,
    ...(field.hint ? { 'aria-describedby': `${id}-hint` } : {}),
    ...(field.isRequired ? { required: true as const } : {}),
  };
}

/** A line or a box of text. */
export function drawInput(
  field: DrawnField,
  given: { value?: string; most?: number; isLong: boolean; isFile?: true; mode?: 'decimal' },
): Tree {
  return drawField(field, (id) => {
    const attributes = {
      ...shared(field, id),
      ...(given.most ? { maxlength: String(given.most) } : {}),
      ...(given.mode ? { inputmode: given.mode } : {}),
      ...(given.isFile ? { 'data-file': true as const } : {}),
      autocomplete: 'off',
    };
    return [
      given.isLong
        ? draw('textarea', { ...attributes, rows: '4' }, given.value ?? '')
        : draw('input', {
            ...attributes,
            type: 'text',
            ...(given.value ? { value: given.value } : {}),
          }),
    ];
  });
}

/** A menu of which one is chosen; an empty first entry stands for none. */
export function drawMenu(field: DrawnField, choices: readonly Choice[]): Tree {
  return drawField(field, (id) => [
    draw(
      'select',
      shared(field, id),
      draw('option', { value: '' }, field.isRequired ? 'Select…' : 'None selected'),
      ...choices.map(({ label, value, isChosen }) =>
        draw('option', { value, ...(isChosen ? { selected: true } : {}) }, label),
      ),
    ),
  ]);
}

/** Boxes of which several may be ticked. */
export function drawBoxes(field: DrawnField, choices: readonly Choice[]): Tree {
  const id = idOf(field);
  return draw(
    'fieldset',
    { class: `${field.look}-field boxes` },
    draw('legend', { class: `${field.look}-label` }, field.label, ...needed(field)),
    ...(field.hint
      ? [draw('p', { class: `${field.look}-hint`, id: `${id}-hint` }, field.hint)]
      : []),
    ...choices.map(({ label, value, isChosen }) =>
      draw(
        'label',
        { class: 'box' },
        draw('input', {
          type: 'checkbox',
          name: field.name,
          value,
          ...(isChosen ? { checked: true } : {}),
        }),
        label,
      ),
    ),
  );
}

/** A file to choose. */
export function drawFile(field: DrawnField): Tree {
  return drawField(field, (id) => [draw('input', { ...shared(field, id), type: 'file' })]);
}
