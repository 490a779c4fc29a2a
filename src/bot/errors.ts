import { plain, type Text } from './reply.ts';

/** A mistake of the person's: the text is shown word for word and says what to do next. */
export class UserError extends Error {
  override name = 'UserError';
  readonly text: Text;
  /** The option that it is about, beside which a form shows it. */
  readonly option: string | undefined;

  constructor(text: Text, options: ErrorOptions & { option?: string } = {}) {
    super(plain(text), options);
    this.text = text;
    this.option = options.option;
  }
}
