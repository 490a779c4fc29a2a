import type { Command } from '../bot/command.ts';
import { ask } from './bank/ask.ts';
import { chapters } from './bank/chapters.ts';
import { quality } from './bank/quality.ts';
import { questionApprove } from './bank/question-approve.ts';
import { questionDecline } from './bank/question-decline.ts';
import { questionDisable } from './bank/question-disable.ts';
import { questionDrop } from './bank/question-drop.ts';
import { questionEdit } from './bank/question-edit.ts';
import { questionEnable } from './bank/question-enable.ts';
import { questionExport } from './bank/question-export.ts';
import { questionImport } from './bank/question-import.ts';
import { questionLater } from './bank/question-later.ts';
import { questionList } from './bank/question-list.ts';
import { questionNew } from './bank/question-new.ts';
import { questionPreview } from './bank/question-preview.ts';
import { questionReset } from './bank/question-reset.ts';
import { questionShow } from './bank/question-show.ts';
import { questionStash } from './bank/question-stash.ts';
import { questionSuggest } from './bank/question-suggest.ts';
import { report } from './bank/report.ts';
import { reportClose } from './bank/report-close.ts';
import { search } from './bank/search.ts';
import { answer } from './daily/answer.ts';
import { answerHint } from './daily/answer-hint.ts';
import { answerNumber } from './daily/answer-number.ts';
import { answerOrder } from './daily/answer-order.ts';
import { answerPoints } from './daily/answer-points.ts';
import { answerReveal } from './daily/answer-reveal.ts';
import { answerShow } from './daily/answer-show.ts';
import { answerWords } from './daily/answer-words.ts';
import { daily } from './daily/daily.ts';
import { digest } from './daily/digest.ts';
import { group } from './daily/group.ts';
import { leaderboard } from './daily/leaderboard.ts';
import { remind } from './daily/remind.ts';
import { setup } from './daily/setup.ts';
import { status } from './daily/status.ts';
import { vote } from './daily/vote.ts';
import { why } from './daily/why.ts';
import { compare } from './estimates/compare.ts';
import { cost } from './estimates/cost.ts';
import { deployment } from './estimates/deployment.ts';
import { fit } from './estimates/fit.ts';
import { gpus } from './estimates/gpus.ts';
import { kv } from './estimates/kv.ts';
import { latency } from './estimates/latency.ts';
import { lora } from './estimates/lora.ts';
import { models } from './estimates/models.ts';
import { plan } from './estimates/plan.ts';
import { speculate } from './estimates/speculate.ts';
import { train } from './estimates/train.ts';
import { vram } from './estimates/vram.ts';
import { defineHelp } from './general/help.ts';
import { home } from './general/home.ts';
import { me } from './general/me.ts';
import { server } from './general/server.ts';
import { share } from './general/share.ts';
import { shareRemove } from './general/share-remove.ts';
import { mock } from './interviews/mock.ts';
import { mockAnswer } from './interviews/mock-answer.ts';
import { mockBack } from './interviews/mock-back.ts';
import { mockDelete } from './interviews/mock-delete.ts';
import { mockEnd } from './interviews/mock-end.ts';
import { mockGo } from './interviews/mock-go.ts';
import { mockGrade } from './interviews/mock-grade.ts';
import { mockHere } from './interviews/mock-here.ts';
import { mockHint } from './interviews/mock-hint.ts';
import { mockModel } from './interviews/mock-model.ts';
import { mockPause } from './interviews/mock-pause.ts';
import { mockReport } from './interviews/mock-report.ts';
import { mockResume } from './interviews/mock-resume.ts';
import { mockReview } from './interviews/mock-review.ts';
import { mockShare } from './interviews/mock-share.ts';
import { mockShow } from './interviews/mock-show.ts';
import { mockSkip } from './interviews/mock-skip.ts';
import { mockTick } from './interviews/mock-tick.ts';
import { mockTime } from './interviews/mock-time.ts';
import { live } from './live/live.ts';
import { liveAnswer } from './live/live-answer.ts';
import { liveEnd } from './live/live-end.ts';
import { liveJoin } from './live/live-join.ts';
import { liveNext } from './live/live-next.ts';
import { livePause } from './live/live-pause.ts';
import { livePlace } from './live/live-place.ts';
import { livePractice } from './live/live-practice.ts';
import { liveResume } from './live/live-resume.ts';
import { peerAccept } from './peers/peer-accept.ts';
import { peerDecline } from './peers/peer-decline.ts';
import { peerFeedback } from './peers/peer-feedback.ts';
import { peerHere } from './peers/peer-here.ts';
import { peerLeave } from './peers/peer-leave.ts';
import { peerMark } from './peers/peer-mark.ts';
import { peerNext } from './peers/peer-next.ts';
import { peerNote } from './peers/peer-note.ts';
import { peerPanel } from './peers/peer-panel.ts';
import { peerRead } from './peers/peer-read.ts';
import { peerStop } from './peers/peer-stop.ts';
import { drill } from './practice/drill.ts';
import { drillAnswer } from './practice/drill-answer.ts';
import { drillShow } from './practice/drill-show.ts';
import { path } from './practice/path.ts';
import { practiceAnswer } from './practice/practice-answer.ts';
import { practiceBring } from './practice/practice-bring.ts';
import { practiceCard } from './practice/practice-card.ts';
import { practiceEnd } from './practice/practice-end.ts';
import { practiceHint } from './practice/practice-hint.ts';
import { practiceMark } from './practice/practice-mark.ts';
import { practiceNumber } from './practice/practice-number.ts';
import { practiceOrder } from './practice/practice-order.ts';
import { practiceShow } from './practice/practice-show.ts';
import { practiceSolution } from './practice/practice-solution.ts';
import { practiceWords } from './practice/practice-words.ts';
import { quiz } from './practice/quiz.ts';
import { review } from './practice/review.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  daily,
  mock,
  drill,
  quiz,
  review,
  live,
  path,
  vram,
  kv,
  fit,
  deployment,
  compare,
  latency,
  cost,
  plan,
  lora,
  train,
  speculate,
  models,
  gpus,
  search,
  ask,
  chapters,
  questionShow,
  questionNew,
  questionStash,
  questionEdit,
  questionPreview,
  questionList,
  questionImport,
  questionExport,
  questionDisable,
  questionEnable,
  report,
  leaderboard,
  why,
  group,
  share,
  me,
  remind,
  server,
  setup,
  status,
  digest,
  quality,
  defineHelp(() => COMMANDS),
  home,
  answer,
  answerNumber,
  answerOrder,
  answerHint,
  answerReveal,
  answerWords,
  answerPoints,
  answerShow,
  vote,
  shareRemove,
  drillAnswer,
  drillShow,
  practiceAnswer,
  practiceBring,
  practiceCard,
  practiceEnd,
  practiceHint,
  practiceMark,
  practiceNumber,
  practiceOrder,
  practiceShow,
  practiceSolution,
  practiceWords,
  liveJoin,
  liveAnswer,
  liveNext,
  livePause,
  liveResume,
  liveEnd,
  livePlace,
  livePractice,
  questionSuggest,
  questionApprove,
  questionDecline,
  questionDrop,
  questionReset,
  reportClose,
  mockGo,
  mockAnswer,
  mockBack,
  mockSkip,
  mockHint,
  mockPause,
  mockResume,
  mockReview,
  mockTime,
  mockShow,
  questionLater,
  mockHere,
  mockEnd,
  mockReport,
  mockModel,
  mockTick,
  mockShare,
  mockDelete,
  peerAccept,
  peerDecline,
  peerHere,
  peerPanel,
  peerMark,
  peerNote,
  peerNext,
  peerStop,
  peerFeedback,
  peerRead,
  peerLeave,
  mockGrade,
];
