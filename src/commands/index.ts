import type { Command } from '../bot/command.ts';
import { answer } from './answer.ts';
import { answerHint } from './answer-hint.ts';
import { answerNumber } from './answer-number.ts';
import { answerOrder } from './answer-order.ts';
import { answerPoints } from './answer-points.ts';
import { answerReveal } from './answer-reveal.ts';
import { answerShow } from './answer-show.ts';
import { answerWords } from './answer-words.ts';
import { ask } from './ask.ts';
import { chapters } from './chapters.ts';
import { compare } from './compare.ts';
import { cost } from './cost.ts';
import { daily } from './daily.ts';
import { drill } from './drill.ts';
import { drillAnswer } from './drill-answer.ts';
import { drillShow } from './drill-show.ts';
import { fit } from './fit.ts';
import { gpus } from './gpus.ts';
import { defineHelp } from './help.ts';
import { home } from './home.ts';
import { kv } from './kv.ts';
import { latency } from './latency.ts';
import { leaderboard } from './leaderboard.ts';
import { lora } from './lora.ts';
import { me } from './me.ts';
import { mock } from './mock.ts';
import { mockAnswer } from './mock-answer.ts';
import { mockBack } from './mock-back.ts';
import { mockContest } from './mock-contest.ts';
import { mockDelete } from './mock-delete.ts';
import { mockEnd } from './mock-end.ts';
import { mockGo } from './mock-go.ts';
import { mockGrade } from './mock-grade.ts';
import { mockHint } from './mock-hint.ts';
import { mockModel } from './mock-model.ts';
import { mockPause } from './mock-pause.ts';
import { mockReport } from './mock-report.ts';
import { mockResume } from './mock-resume.ts';
import { mockReview } from './mock-review.ts';
import { mockShare } from './mock-share.ts';
import { mockShow } from './mock-show.ts';
import { mockSkip } from './mock-skip.ts';
import { mockTick } from './mock-tick.ts';
import { mockTime } from './mock-time.ts';
import { models } from './models.ts';
import { peerAccept } from './peer-accept.ts';
import { peerDecline } from './peer-decline.ts';
import { peerFeedback } from './peer-feedback.ts';
import { peerHere } from './peer-here.ts';
import { peerLeave } from './peer-leave.ts';
import { peerMark } from './peer-mark.ts';
import { peerNext } from './peer-next.ts';
import { peerNote } from './peer-note.ts';
import { peerPanel } from './peer-panel.ts';
import { peerRead } from './peer-read.ts';
import { peerStop } from './peer-stop.ts';
import { quality } from './quality.ts';
import { questionApprove } from './question-approve.ts';
import { questionDecline } from './question-decline.ts';
import { questionDisable } from './question-disable.ts';
import { questionDrop } from './question-drop.ts';
import { questionEdit } from './question-edit.ts';
import { questionEnable } from './question-enable.ts';
import { questionExport } from './question-export.ts';
import { questionImport } from './question-import.ts';
import { questionList } from './question-list.ts';
import { questionNew } from './question-new.ts';
import { questionPreview } from './question-preview.ts';
import { questionReset } from './question-reset.ts';
import { questionShow } from './question-show.ts';
import { questionStash } from './question-stash.ts';
import { questionSuggest } from './question-suggest.ts';
import { report } from './report.ts';
import { reportClose } from './report-close.ts';
import { search } from './search.ts';
import { setup } from './setup.ts';
import { speculate } from './speculate.ts';
import { status } from './status.ts';
import { train } from './train.ts';
import { vote } from './vote.ts';
import { vram } from './vram.ts';
import { why } from './why.ts';

/** Every command, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  daily,
  mock,
  drill,
  vram,
  kv,
  fit,
  compare,
  latency,
  cost,
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
  quality,
  leaderboard,
  why,
  me,
  setup,
  status,
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
  drillAnswer,
  drillShow,
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
  mockEnd,
  mockReport,
  mockModel,
  mockTick,
  mockContest,
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
