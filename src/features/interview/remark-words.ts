import type { AnswerFlag } from '../../core/grading/types.ts';
import type { Remark } from '../../core/interview/remarks.ts';

/** What to say where nothing of an answer was recognized, and where something was; without `read` then nothing. */
const WORDS: Record<AnswerFlag, { unread: string; read?: string }> = {
  language: {
    unread: "I can grade only English answers, so this one isn't graded.",
    read: 'I can grade only English answers, so I may have missed much of yours.',
  },
  abuse: {
    unread:
      'This one can be frustrating. Pause if you need a break, or continue with the next question.',
  },
  'dont-know': { unread: 'Not knowing is fine, and saying so is better than guessing.' },
  injection: {
    unread:
      'This was written to the grader instead of as an answer, so there was nothing to grade.',
    read: 'I left out what was written to the grader and graded the rest.',
  },
  copy: {
    unread:
      'This mostly repeats the question. Say what you think in your own words. A first guess is fine.',
  },
  code: {
    unread: 'I read sentences better than code. Explain in words what it does and why.',
    read: 'I read sentences better than code, so I may have missed some of it.',
  },
  empty: {
    unread:
      'I didn\'t find any words here. A sentence or two is enough, and "I don\'t know" is an answer too.',
  },
  keywords: {
    unread: 'This reads like a list of terms. Connect them in full sentences to get more credit.',
    read: 'Some of this reads like a list of terms. Connect them in full sentences to get more credit.',
  },
  denial: {
    unread: 'This says what is false. Say what is true to get credit.',
    read: 'This mostly says what is false. Say what is true to get more credit.',
  },
  'off-topic': {
    unread:
      "This seems to be about something else. If it isn't, explain how it relates to the question.",
    read: 'Much of this seems to be about something other than the question.',
  },
};

function formatRemark({ flag, isFollowUp, isUnread }: Remark): string | undefined {
  const words = isUnread ? WORDS[flag].unread : WORDS[flag].read;
  return words && isFollowUp ? `On your answer to the follow-up: ${words}` : words;
}

/** What to say about the form of answers, in a kind sentence or two for each remark, and nothing twice. */
export function remarkLines(remarks: readonly Remark[]): string[] {
  return [...new Set(remarks.flatMap((remark) => formatRemark(remark) ?? []))];
}
