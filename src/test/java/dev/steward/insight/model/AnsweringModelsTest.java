// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.diary.Diary;
import dev.steward.trace.span.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweringModelsTest {
  private long spans;

  @Test
  void whoIsKnownMayComeAndGo() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    for (String print : List.of("fp_1", "fp_2", "fp_1", "fp_2", "fp_1")) {
      models.see(List.of(governed("main", "gpt-5", print)));
    }
    assertThat(models.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.before()).isEqualTo(new Answerer("gpt-5", "fp_1"));
          assertThat(change.after()).isEqualTo(new Answerer("gpt-5", "fp_2"));
          assertThat(change.asked()).isEqualTo(new Asking("refunds", "main", "us-east", "gpt-5"));
        });
  }

  @Test
  void answersToldOutOfTheirOrderMakeTheSameChange() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    Span before = governed("main", "gpt-5", "fp_1");
    Span after = governed("main", "gpt-5", "fp_2");
    models.see(List.of(after));
    models.see(List.of(before, after));
    assertThat(models.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.before()).isEqualTo(new Answerer("gpt-5", "fp_1"));
          assertThat(change.after()).isEqualTo(new Answerer("gpt-5", "fp_2"));
          assertThat(change.at()).isEqualTo(after.endedAt());
        });
  }

  @Test
  void anotherUseIsAnotherQuestion() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    models.see(List.of(governed("main", "gpt-5", "fp_1"), governed("plan", "gpt-5", "fp_2")));
    assertThat(models.changes()).isEmpty();
  }

  @Test
  void fingerprintsThatNeverEndTellNothingButAnotherModelStillDoes() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    for (int i = 0; i < 200; i++) {
      models.see(List.of(governed("main", "gpt-5", "fp_" + i)));
    }
    assertThat(models.changes()).hasSize(AnsweringModels.ANSWERERS_MAX - 1);

    models.see(List.of(governed("main", "gpt-5-new", "fp_9")));
    assertThat(models.changes().getLast().after().model()).isEqualTo("gpt-5-new");
  }

  @Test
  void whatTheGatewaySawIsNotToldAgainByTheProcess() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    models.see(List.of(governed("main", "gpt-5", ""), told("gpt-5")));
    models.see(List.of(governed("main", "gpt-5-new", ""), told("gpt-5-new")));
    assertThat(models.changes()).hasSize(1);
  }

  @Test
  void whatAProcessAloneTellsCountsToo() {
    AnsweringModels models = new AnsweringModels(Diary.NONE);
    models.see(List.of(told("gpt-5"), told("gpt-5-new")));
    assertThat(models.changes()).hasSize(1);
  }

  @Test
  void whatWasSeenIsKnownAfterARestart(@TempDir Path folder) {
    try (FileDiary diary = FileDiary.open(folder.resolve("a"), AnsweringModels.LINES_MAX)) {
      AnsweringModels models = new AnsweringModels(diary);
      models.see(List.of(governed("main", "gpt-5", "fp_1"), governed("main", "gpt-5", "fp_2")));
    }
    try (FileDiary diary = FileDiary.open(folder.resolve("a"), AnsweringModels.LINES_MAX)) {
      AnsweringModels models = new AnsweringModels(diary);
      assertThat(models.changes()).hasSize(1);
      models.see(List.of(governed("main", "gpt-5", "fp_1")));
      assertThat(models.changes()).hasSize(1);
      models.see(List.of(governed("main", "gpt-5", "fp_3")));
      assertThat(models.changes().getLast().before()).isEqualTo(new Answerer("gpt-5", "fp_1"));
    }
  }

  private Span governed(String use, String answered, String print) {
    return SpanDraft.span(SpanKind.MODEL, ++spans, spans)
        .by("refunds")
        .at(spans)
        .model("gpt-5")
        .answeredBy(answered)
        .byGateway()
        .attributes(
            "{\"steward.upstream\":\"us-east\",\"steward.model.use\":\""
                + use
                + "\",\"openai.response.system_fingerprint\":\""
                + print
                + "\"}")
        .build();
  }

  private Span told(String answered) {
    return SpanDraft.span(SpanKind.MODEL, ++spans, spans)
        .by("refunds")
        .model("gpt-5")
        .answeredBy(answered)
        .build();
  }
}
