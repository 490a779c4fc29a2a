import type { Clock } from '../../core/time.ts';
import type { Form } from '../../spine/form.ts';
import { LIMITS } from './limits.ts';
import type { Answerable } from './requests.ts';

/**
 * What people typed in forms that were refused. A modal cannot be answered with a modal, so the form
 * opens again from a button; forgetting it costs some typing, nothing else.
 */
export type FormMemory = {
  keepTyped(account: string, form: Form): void;
  /** The kept form when this is the press that opens it. */
  takeTyped(interaction: Answerable): Form | undefined;
};

const MOST = 500;

/** Keeps the last 500 refused forms, each as long as its button can be pressed. */
export function createFormMemory(clock: Clock): FormMemory {
  const kept = new Map<string, { form: Form; until: number }>();
  return {
    keepTyped(account, form) {
      const key = `${account} ${form.id}`;
      kept.delete(key);
      kept.set(key, { form, until: clock.now().getTime() + LIMITS.tokenMs.max });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
    takeTyped(interaction) {
      if (!interaction.isButton()) return undefined;
      const key = `discord:${interaction.user.id} ${interaction.customId}`;
      const found = kept.get(key);
      kept.delete(key);
      return found && found.until >= clock.now().getTime() ? found.form : undefined;
    },
  };
}
