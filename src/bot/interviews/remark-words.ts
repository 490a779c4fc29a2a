import type { AnswerFlag } from '../../core/interview/grading/types.ts';
import type { Remark } from '../../core/interview/remarks.ts';

/** What to say where nothing of an answer was recognised, and where something was; without `read` then nothing. */
const WORDS: Record<AnswerFlag, { unread: string; read?: string }> = {
  language: {
    unread: 'I can only read answers in English, so this says nothing about yours.',
    read: 'I can only read answers in English, so I may have missed much of yours.',
  },
  abuse: {
    unread:
      'It sounds as if this one annoyed you, and that is all right. Take a pause if you like; the next question is a fresh start.',
  },
  'dont-know': { unread: 'Not knowing is fine, and saying so is better than guessing.' },
  injection: {
    unread:
      'This was written to the grader rather than as an answer, so I found nothing to read in it.',
    read: 'I left out what was written to the grader and read the rest.',
  },
  copy: {
    unread:
      'These are mostly the words of the question. Say in your own what you think follows; a first thought is enough.',
  },
  code: {
    unread: 'I read sentences better than code. Say in words what it does and why.',
    read: 'I read sentences better than code, so I may have missed some of it.',
  },
  empty: {
    unread:
      'I found no words to read here. A sentence or two is enough, and "I don\'t know" is an answer too.',
  },
  keywords: {
    unread:
      'This reads as a list of terms. Say in sentences how they hang together, and I can recognise more.',
    read: 'Some of this reads as a list of terms; sentences that say how they hang together count for more.',
  },
  'off-topic': {
    unread:
      'This seems to be about something other than the question. If it is not, say how the two hang together.',
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
