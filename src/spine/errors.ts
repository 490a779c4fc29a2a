import { type Button, plain, type Text } from './reply.ts';

type UserErrorParts = { buttons?: readonly Button[]; option?: string };

/** A mistake of the person's: the text is shown word for word and says what to do next; a button does it. */
export class UserError extends Error {
  override name = 'UserError';
  readonly text: Text;
  readonly buttons: readonly Button[];
  /** The option that it is about, beside which a form shows it. */
  readonly option: string | undefined;

  constructor(
    text: Text,
    { buttons = [], option, ...options }: ErrorOptions & UserErrorParts = {},
  ) {
    super(plain(text), options);
    this.text = text;
    this.buttons = buttons;
    this.option = option;
  }
}

/** True for a failure of the database that may soon be over, as `busyError` and `markUnwritable` mark it: nothing was stored. */
export const isStorageFailure = (error: unknown): boolean =>
  error instanceof Error && ('isUnwritable' in error || 'isBusy' in error);
