// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every span store does: writing and reading of single traces.
public abstract class SpanStoreContract {
  protected final AgentDirectory directory =
      agent ->
          agent.equals("refunds")
              ? Optional.of(
                  new AgentDirectory.Listing(
                      "refunds",
                      "refunding",
                      "support",
                      List.of(new AgentDirectory.OutcomeRule("payments/refund", "success"))))
              : agent.equals("strict")
                  ? Optional.of(new AgentDirectory.Listing("strict", "", "", true, List.of()))
                  : Optional.empty();
  protected Instant now = NOON.plusSeconds(60);
  protected SpanStore store;

  /// A store over what this test has written before, if it keeps anything.
  protected abstract SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock);

  /// Whether a store that is opened again knows what was written.
  protected abstract boolean durable();

  @BeforeEach
  void openStore() {
    store = open(directory, Silence.DEFAULT, () -> now);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected void reopen() {
    store.close();
    store = open(directory, Silence.DEFAULT, () -> now);
  }

  protected Run run(long trace) {
    return store.run(trace(trace)).orElseThrow();
  }

  private static Evaluation score(long trace, double score, Instant at) {
    return new Evaluation(trace(trace), null, null, "outcome", null, score, null, true, "dana", at);
  }

  @Test
  void aRuleNamesAToolWithItsServerOrWithout() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).by("refunds"),
            span(SpanKind.TOOL, 1, 2).under(1).tool("refund", "c1"),
            span(SpanKind.AGENT, 2, 1).by("refunds"),
            span(SpanKind.TOOL, 2, 2).under(1).tool("payments", "refund", "c1"),
            span(SpanKind.AGENT, 3, 1).by("refunds"),
            span(SpanKind.TOOL, 3, 2).under(1).tool("mail", "refund", "c1")));

    assertThat(run(1).outcome()).isEqualTo("success");
    assertThat(run(2).outcome()).isEqualTo("success");
    assertThat(run(3).outcome()).isNull();
  }

  protected static Evaluation outcome(long trace, String label, Instant at) {
    return new Evaluation(trace(trace), null, null, "outcome", label, null, null, true, "dana", at);
  }

  @Test
  void keepsEverythingOfASpan() {
    Content content =
        new Content(
            List.of(SpanDraft.user("hello"), SpanDraft.message("assistant", "hi, \\u0000 ü 🙂")),
            List.of(SpanDraft.message("assistant", "bye")),
            Message.of("[{\"type\":\"text\",\"content\":\"be kind\"}]"),
            Message.of("[]"),
            Message.of("{\"a\":1}"),
            Message.of("{\"b\":2}"),
            Message.of("[{\"id\":\"d\"}]"));
    SpanDraft draft =
        span(SpanKind.MODEL, 7, 2)
            .under(1)
            .by("refunds")
            .version("v7")
            .environment("production")
            .workflow("w")
            .task("t")
            .conversation("c")
            .model("gpt-5")
            .tool("payments", "refund", "call_1")
            .usage(new Usage(10L, null, 1, 2, 1, 3, 4, 5, 1, 6, 8, 7, "flex"))
            .cost("0.0000000123")
            .says(content)
            .failed()
            .attributes("{\"x\":1.0,\"y\":\"é\"}")
            .events(new Raw.Event("exception", NOON.plusNanos(7), "{\"k\":1}"))
            .links(new Raw.Link(new SpanKey(trace(9), id(9)), "{}"));
    Span span = draft.build();

    store.write(BatchDraft.of(draft));

    assertThat(store.spans(trace(7))).containsExactly(span);
    assertThat(store.outline(trace(7))).containsExactly(span.outline());
    assertThat(store.span(span.key())).contains(span);
  }

  @Test
  void findsTheSpanThatGaveAResponse() {
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1).model("m").answering("r1"),
            span(SpanKind.MODEL, 1, 2).under(1).at(1).model("m").answering("r1"),
            span(SpanKind.MODEL, 2, 1).model("m").answering("r'2")));

    assertThat(store.answered(Set.of("r1", "r'2", "r3")))
        .containsOnly(
            Map.entry("r1", new SpanKey(trace(1), id(2))),
            Map.entry("r'2", new SpanKey(trace(2), id(1))));
    assertThat(store.answered(Set.of())).isEmpty();
  }

  @Test
  void findsOneSpanOfALongConversation() {
    List<Message> said = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    for (int turn = 1; turn <= 60; turn++) {
      said.add(SpanDraft.user("turn " + turn));
      spans.add(
          span(SpanKind.MODEL, 1, turn)
              .at(turn)
              .model("m" + turn % 3)
              .says(new Content(said, List.of(), null, null, null, null, null))
              .build());
      store.write(BatchDraft.of(spans.subList(turn - 1, turn)));
    }
    Span newer = span(SpanKind.MODEL, 1, 60).at(60).changed("told again").build();
    store.write(BatchDraft.of(List.of(newer)));

    assertThat(store.span(new SpanKey(trace(1), id(59)))).contains(spans.get(58));
    assertThat(store.span(new SpanKey(trace(1), id(60))).orElseThrow().digest())
        .isEqualTo(store.spans(trace(1)).getLast().digest());
    assertThat(store.span(new SpanKey(trace(1), id(61)))).isEmpty();
    assertThat(store.span(new SpanKey(trace(2), id(1)))).isEmpty();
    assertThat(store.span(new SpanKey("nonsense", "nonsense"))).isEmpty();
    assertThat(store.outline(trace(1)))
        .isEqualTo(store.spans(trace(1)).stream().map(Span::outline).toList())
        .hasSize(60);
    assertThat(store.spans(trace(1), Set.of(id(7), id(2), id(99), "x")))
        .containsExactly(spans.get(1), spans.get(6));
    assertThat(store.outline("nonsense")).isEmpty();
  }

  @Test
  void keepsLongTextsWhole() {
    String megabyte = "ü🙂x".repeat(250_000);
    SpanDraft draft =
        span(SpanKind.MODEL, 7, 2)
            .attributes("{\"long\":\"" + megabyte + "\"}")
            .events(new Raw.Event("e", NOON, "{\"long\":\"" + megabyte + "\"}"))
            .resource("{\"long\":\"" + megabyte + "\"}")
            .links(new Raw.Link(new SpanKey(trace(9), id(9)), "{\"long\":\"" + megabyte + "\"}"))
            .model("m")
            .parameters("{\"stop\":\"" + megabyte + "\"}")
            .asked(megabyte);
    Span span = draft.build();

    store.write(BatchDraft.of(draft));

    assertThat(store.spans(trace(7)).equals(List.of(span))).isTrue();
    assertThat(store.content(span.content().input().getFirst().hash()).orElseThrow().length)
        .isGreaterThan(1_000_000);
  }

  @Test
  void ordersTheSpansOfATraceByStart() {
    store.write(
        BatchDraft.of(
            span(SpanKind.TOOL, 1, 3).under(1).at(5),
            span(SpanKind.AGENT, 1, 1).at(0),
            span(SpanKind.MODEL, 1, 2).under(1).at(2)));

    assertThat(store.spans(trace(1)))
        .extracting(span -> span.key().spanId())
        .containsExactly(id(1), id(2), id(3));
    assertThat(store.spans(trace(2))).isEmpty();
    assertThat(store.spans("nonsense")).isEmpty();
    assertThat(store.size(trace(1))).isEqualTo(3);
    assertThat(store.size(trace(2))).isZero();
  }

  @Test
  void countsASpanSentAgainAsADuplicate() {
    Batch batch = BatchDraft.of(span(SpanKind.AGENT, 1, 1), span(SpanKind.TOOL, 1, 2).under(1));

    SpanStore.Written first = store.write(batch);
    SpanStore.Written second = store.write(batch);
    SpanStore.Written within =
        store.write(BatchDraft.of(span(SpanKind.AGENT, 2, 1), span(SpanKind.AGENT, 2, 1)));

    assertThat(first).isEqualTo(new SpanStore.Written(2, 0));
    assertThat(second).isEqualTo(new SpanStore.Written(0, 2));
    assertThat(within).isEqualTo(new SpanStore.Written(1, 1));
    assertThat(store.counts().loaded()).isEqualTo(3);
    assertThat(store.counts().duplicates()).isEqualTo(3);
    assertThat(store.spans(trace(1))).hasSize(2);
    assertThat(run(1).spans()).isEqualTo(2);
  }

  @Test
  void aNewerVersionOfASpanReplacesIt() {
    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1).named("early")));

    SpanStore.Written written =
        store.write(
            BatchDraft.of(
                span(SpanKind.AGENT, 1, 1)
                    .named("late")
                    .failed()
                    .changed("x")
                    .receivedAfter(Duration.ofSeconds(3))));

    assertThat(written).isEqualTo(new SpanStore.Written(0, 1));
    assertThat(store.spans(trace(1))).extracting(Span::name).containsExactly("late");
    assertThat(run(1).status()).isEqualTo(RunStatus.FAILED);
    assertThat(store.counts().loaded()).isEqualTo(1);
  }

  @Test
  void aSpanThatCameWithAKeyIsReplacedOnlyByItsAgent() {
    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1).named("mine").sentBy("a")));

    for (String stranger : new String[] {"", "b"}) {
      SpanDraft version =
          span(SpanKind.AGENT, 1, 1)
              .named("theirs")
              .changed("x" + stranger)
              .receivedAfter(Duration.ofSeconds(3));
      BatchDraft claim =
          new BatchDraft()
              .spans(stranger.isEmpty() ? version : version.sentBy(stranger))
              .spans(span(SpanKind.TOOL, 1, 2 + stranger.length()).under(1))
              .refusing("letter" + stranger);
      SpanStore.Written written = store.write(claim.build());
      assertThat(written.loaded()).isEqualTo(1);
      assertThat(written.duplicates()).isZero();
      assertThat(written.refused()).hasSize(1);
    }
    assertThat(store.spans(trace(1))).extracting(Span::name).contains("mine");
    assertThat(store.spans(trace(1))).extracting(Span::name).doesNotContain("theirs");
    assertThat(store.deadLetters(10)).hasSize(2);
    assertThat(store.deadLetters(10).getFirst().reason()).contains("belongs to it");
    assertThat(store.counts().deadLetters()).isEqualTo(2);
    SpanStore.Written own =
        store.write(
            BatchDraft.of(
                span(SpanKind.AGENT, 1, 1)
                    .named("mine again")
                    .sentBy("a")
                    .changed("y")
                    .receivedAfter(Duration.ofSeconds(4))));
    assertThat(own).isEqualTo(new SpanStore.Written(0, 1));
    assertThat(store.spans(trace(1))).extracting(Span::name).contains("mine again");
  }

  @Test
  void aKeyTakesASpanThatCameWithoutOne() {
    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1).named("anybody's")));
    store.write(
        BatchDraft.of(
            span(SpanKind.AGENT, 1, 1)
                .named("mine")
                .sentBy("a")
                .changed("x")
                .receivedAfter(Duration.ofSeconds(3))));

    assertThat(store.spans(trace(1))).extracting(Span::name).containsExactly("mine");
  }

  @Test
  void findsARunByIdOfRunAndOfTrace() {
    store.write(
        BatchDraft.of(
            span(SpanKind.STEP, 1, 1),
            span(SpanKind.AGENT, 1, 2).under(1).at(1).by("one"),
            span(SpanKind.AGENT, 1, 3).under(1).at(2).by("two")));

    assertThat(store.run(trace(1) + "-" + id(3)).orElseThrow().agent()).isEqualTo("two");
    assertThat(run(1).agent()).isEqualTo("one");
    assertThat(store.run(trace(1) + "-" + id(4))).isEmpty();
    assertThat(store.run(trace(5))).isEmpty();
    assertThat(store.run("x")).isEmpty();
  }

  @Test
  void anOutcomeMayComeLongAfterTheRunOrBeforeIt() {
    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1)));
    store.write(new BatchDraft().evaluation(outcome(1, "success", NOON.plusSeconds(9))).build());
    store.write(new BatchDraft().evaluation(outcome(1, "failure", NOON.plusSeconds(5))).build());
    store.write(new BatchDraft().evaluation(outcome(2, "success", NOON)).build());
    store.write(BatchDraft.of(span(SpanKind.AGENT, 2, 1)));

    assertThat(run(1).outcome()).isEqualTo("success");
    assertThat(run(2).outcome()).isEqualTo("success");
    assertThat(store.evaluations(trace(1))).hasSize(2);
    store.write(new BatchDraft().evaluation(score(1, 2, NOON.plusSeconds(20))).build());
    assertThat(run(1).outcome()).isEqualTo("success");
    assertThat(run(1).score()).isEqualTo(2);
    assertThat(store.evaluations(trace(3))).isEmpty();
  }

  @Test
  void deadLettersWaitUntilTheyAreTaken() {
    DeadLetter letter =
        new DeadLetter(
            "l1", new JournalPosition(1, 2, 3), 4, "no trace id", new byte[] {1, -2}, NOON);
    store.write(new BatchDraft().letter(letter).upTo(1, 50, 4).build());

    assertThat(store.counts())
        .isEqualTo(new SpanStore.Counts(0, 0, 4, new JournalPosition(1, 50, 4)));
    assertThat(store.deadLetters(10))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(letter);
    assertThat(store.takeDeadLetters(Set.of("l1", "other"))).hasSize(1);
    assertThat(store.takeDeadLetters(Set.of("l1"))).isEmpty();
    assertThat(store.counts().deadLetters()).as("accepted and never loaded").isEqualTo(4);
  }

  @Test
  void aReloadTakesLettersOutAndCountsTheirSpansAnew() {
    JournalPosition end = new JournalPosition(1, 50, 4);
    DeadLetter letter = new DeadLetter("l1", end, 4, "no trace id", new byte[] {1}, NOON);
    DeadLetter again = new DeadLetter("l2", end, 2, "no span id", new byte[] {2}, NOON);
    store.write(new BatchDraft().letter(letter).upTo(1, 50, 4).build());
    BatchDraft second =
        new BatchDraft()
            .spans(span(SpanKind.MODEL, 1, 2), span(SpanKind.MODEL, 1, 3))
            .letter(again);

    assertThat(store.deadLetter("l1")).isPresent();
    assertThat(store.reload(Set.of("l1"), second.build())).isEqualTo(new SpanStore.Written(2, 0));
    assertThat(store.counts()).isEqualTo(new SpanStore.Counts(2, 0, 2, end));
    assertThat(store.deadLetters(10)).extracting(DeadLetter::id).containsExactly("l2");
    assertThat(store.deadLetter("l1")).isEmpty();
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> store.reload(Set.of("l1"), second.build()))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    assertThat(store.counts()).isEqualTo(new SpanStore.Counts(2, 0, 2, end));
    assertThat(store.deadLetters(10)).hasSize(1);
  }

  @Test
  void aRunGoesFromStartedToAbandoned() {
    store.write(BatchDraft.of(span(SpanKind.STEP, 1, 5).under(1)));
    assertThat(run(1).status()).isEqualTo(RunStatus.STARTED);
    store.write(BatchDraft.of(span(SpanKind.MODEL, 1, 2).under(1).at(1)));
    assertThat(run(1).status()).isEqualTo(RunStatus.WORKING);
    store.write(
        BatchDraft.of(
            span(SpanKind.TOOL, 1, 3).under(1).at(2).attributes("{\"steward.waiting\":true}")));
    assertThat(run(1).status()).isEqualTo(RunStatus.WAITING);
    assertThat(run(1).endedAt()).isNull();
    assertThat(store.openTraces(NOON)).containsExactly(trace(1));
    assertThat(store.openTraces(NOON.plusSeconds(30))).isEmpty();

    store.write(BatchDraft.of(span(SpanKind.MODEL, 1, 4).under(1).at(4)));
    now = NOON.plus(Duration.ofMinutes(11));
    assertThat(run(1).status()).isEqualTo(RunStatus.ABANDONED);
    assertThat(run(1).endedAt()).isEqualTo(NOON.plusSeconds(5));

    store.write(BatchDraft.of(span(SpanKind.AGENT, 1, 1).lasting(Duration.ofSeconds(6))));
    assertThat(run(1).status()).isEqualTo(RunStatus.FINISHED);
    assertThat(store.openTraces(NOON)).isEmpty();
  }

  @Test
  void knowsEverythingAfterItIsOpenedAgain() {
    if (!durable()) {
      return;
    }
    store.write(
        new BatchDraft()
            .spans(
                span(SpanKind.AGENT, 1, 1).by("refunds").asked("refund me"),
                span(SpanKind.MODEL, 1, 2).under(1).model("gpt-5").usage(3, 4).cost("0.5"))
            .upTo(3, 99, 2)
            .build());
    Run before = run(1);
    List<Span> spans = store.spans(trace(1));

    reopen();

    assertThat(run(1)).isEqualTo(before);
    assertThat(store.spans(trace(1))).isEqualTo(spans);
    assertThat(store.counts())
        .isEqualTo(new SpanStore.Counts(2, 0, 0, new JournalPosition(3, 99, 2)));
    assertThat(store.write(BatchDraft.of(spans))).isEqualTo(new SpanStore.Written(0, 2));
    store.write(BatchDraft.of(span(SpanKind.TOOL, 1, 3).under(1).tool("payments", "refund", "c")));
    assertThat(run(1).spans()).isEqualTo(3);
    assertThat(run(1).outcome()).isEqualTo("success");
    assertThat(run(1).title()).isEqualTo("refund me");
  }
}
