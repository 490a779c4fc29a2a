import type { Unreadable } from '../../core/interview/remarks.ts';

const WHY: Record<Unreadable, string> = {
  language: 'I can only read answers in English, so I have not graded this one. Say it in English.',
  abuse:
    'It sounds as if this one annoyed you, and that is all right: I have not graded it. Take a pause if you like.',
  empty:
    'I found no words to read here, so I have not graded it. A sentence or two is enough, and "I don\'t know" is an answer too.',
};

/** Why a question is asked again, and that nothing is lost by it. */
export function retryMessage(why: Unreadable, isFollowUp: boolean): string {
  const orElse = isFollowUp ? 'leave it' : 'skip the question';
  return `${WHY[why]} Answering again costs nothing; you can also ${orElse}.`;
}
