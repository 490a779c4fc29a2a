import type { Unreadable } from '../../core/interview/remarks.ts';
import type { Exchange } from '../../core/interview/state.ts';

const WHY: Record<Unreadable, string> = {
  language: "I can grade only English answers, so this one isn't graded. Answer again in English.",
  abuse:
    "This one can be frustrating. I haven't graded your message. Pause if you need a break, or answer again.",
  empty:
    "I didn't find any words here, so this one isn't graded. A sentence or two is enough, and \"I don't know\" is an answer too.",
  question: "That's your call: state what you assume, then answer. I haven't graded your question.",
  hint: "Here's a hint. I haven't graded your question.",
};

/** Why a question is asked again, and that nothing is lost by it. */
export function retryMessage(
  { unread: why = 'empty', reply }: Pick<Exchange, 'unread' | 'reply'>,
  isFollowUp: boolean,
): string {
  if (reply) return `Your examiner says: ${reply} Your question isn't graded.`;
  if (why === 'hint') return WHY.hint;
  const orElse = isFollowUp ? 'skip the follow-up' : 'skip the question';
  return `${WHY[why]} Answering again doesn't lower your score. You can also ${orElse}.`;
}
