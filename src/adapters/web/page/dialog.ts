import type { Look, Outcome, SentFile, ShownForm, UserAction } from '../protocol.ts';
import type { Directory } from '../render/form.ts';
import { drawForm, drawFormDetails } from './cards.ts';
import { around, build, byId, findById, inside } from './dom.ts';
import { sentFile } from './files.ts';

/** What the dialog needs of the page. */
export type DialogParts = {
  directory(): Directory;
  /** The platform as which forms are filled in first. */
  look(): Look;
  send(form: ShownForm, gesture: UserAction): Promise<Outcome>;
};

/** The dialog in which forms are filled in, as either platform draws them. */
export function connectDialog(parts: DialogParts): { open(form: ShownForm): void } {
  const dialog = findById('dialog', HTMLDialogElement);
  const body = byId('dialog-body');
  const more = findById('dialog-more', HTMLDetailsElement);
  let open: ShownForm | undefined;

  function draw(look: Look, typed: Map<string, string> = new Map()): void {
    if (!open) return;
    byId('dialog-problem').textContent = open.problem ?? '';
    body.replaceChildren(build(drawForm(look, open, parts.directory())));
    for (const field of fieldsIn(body)) {
      refill(field, typed);
      if (open.problemsAt?.includes(field.name)) field.setAttribute('aria-invalid', 'true');
    }
    checkLook(look);
    showMore();
  }

  /** Payloads are long, so they are written when somebody opens them. */
  function showMore(): void {
    if (open && more.open) more.querySelector('div')?.replaceChildren(build(drawFormDetails(open)));
  }

  async function submit(): Promise<void> {
    if (!open) return;
    const values = Object.fromEntries(typedIn(body));
    const files = await filesIn(body);
    const outcome = await parts.send(open, { kind: 'form', id: open.id, values, files });
    if (outcome.kind === 'form') {
      const message = open.message;
      open = { ...outcome.form, ...(message === undefined ? {} : { message }) };
      draw(checkedLook(), typedIn(body));
      focusFirst(body);
    } else dialog.close();
  }

  byId('dialog-looks').addEventListener('change', () => draw(checkedLook(), typedIn(body)));
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  body.addEventListener('click', ({ target }) => {
    if (around(target, '[data-close]')) dialog.close();
  });
  more.addEventListener('toggle', showMore);

  return {
    open(form) {
      open = form;
      more.open = false;
      byId('dialog-title').textContent = form.title;
      draw(parts.look());
      dialog.showModal();
      focusFirst(body);
    },
  };
}

function checkedLook(): Look {
  const [checked] = inside(byId('dialog-looks'), 'input:checked', HTMLInputElement);
  return checked?.value === 'slack' ? 'slack' : 'discord';
}

function checkLook(look: Look): void {
  for (const radio of inside(byId('dialog-looks'), 'input', HTMLInputElement))
    radio.checked = radio.value === look;
}

/** What is to be mended comes first, else what is to be filled in. */
function focusFirst(body: HTMLElement): void {
  const wrong = body.querySelector('[aria-invalid]');
  const first = wrong ?? body.querySelector('input, textarea, select');
  if (first instanceof HTMLElement) first.focus();
}

type FieldElement = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function fieldsIn(body: HTMLElement): FieldElement[] {
  return [
    ...inside(body, 'input[name]', HTMLInputElement),
    ...inside(body, 'textarea[name]', HTMLTextAreaElement),
    ...inside(body, 'select[name]', HTMLSelectElement),
  ];
}

const isBox = (field: FieldElement): field is HTMLInputElement =>
  field instanceof HTMLInputElement && field.type === 'checkbox';

/** What was typed in one drawing of the form stands in the other too. */
function refill(field: FieldElement, typed: Map<string, string>): void {
  const value = typed.get(field.name);
  if (value === undefined || field.type === 'file') return;
  if (isBox(field)) field.checked = value.split(',').includes(field.value);
  else field.value = value;
}

/** The values by name; ticked boxes of one name are joined. */
function typedIn(body: HTMLElement): Map<string, string> {
  const typed = new Map<string, string>();
  for (const field of fieldsIn(body)) {
    if (field.type === 'file' || 'file' in field.dataset) continue;
    if (!isBox(field)) typed.set(field.name, field.value);
    else if (field.checked)
      typed.set(field.name, [typed.get(field.name), field.value].filter(Boolean).join(','));
  }
  return typed;
}

async function filesIn(body: HTMLElement): Promise<Record<string, SentFile>> {
  const files: Record<string, SentFile> = {};
  for (const field of fieldsIn(body)) {
    const file = field instanceof HTMLInputElement ? field.files?.[0] : undefined;
    if (file) files[field.name] = await sentFile(file.name, file);
    if ('file' in field.dataset && field.value)
      files[field.name] = await sentFile('pasted text', new Blob([field.value]));
  }
  return files;
}
