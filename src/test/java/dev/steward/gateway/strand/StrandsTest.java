// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.strand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.strand.Strands.Asking;
import dev.steward.gateway.strand.Strands.Found;
import dev.steward.gateway.turn.Turn;
import dev.steward.gateway.turn.TurnReader;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrandsTest {
  private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";
  private static final String HELLO = "{\"role\":\"assistant\",\"content\":\"Hello.\"}";
  private static final String CALL =
      """
      {"role":"assistant","tool_calls":[{"id":"%s","function":{"name":"find","arguments":"{}"}}]}\
      """;
  private static final String RESULT =
      "{\"role\":\"tool\",\"tool_call_id\":\"%s\",\"content\":\"%s\"}";

  @TempDir Path folder;
  private int runs;
  private Strands strands = new Strands(1_000, Diary.NONE);

  @Test
  void goesOnWithTheRunWhoseToolIsAnswered() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found next = ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "two"));

    assertThat(next.strand()).isEqualTo(first.strand());
    assertThat(next.begun()).isFalse();
  }

  @Test
  void aQuestionBehindTheLastWordBeginsARunOfTheConversation() {
    Found first = answered(ask(HI), HELLO);

    Found next = ask(HI, HELLO, "{\"role\":\"user\",\"content\":\"more\"}");

    assertThat(next.begun()).isTrue();
    assertThat(next.strand().traceId()).isNotEqualTo(first.strand().traceId());
    assertThat(next.strand().conversation()).isEqualTo(first.strand().conversation());
  }

  @Test
  void aMessageWhileToolsAreAwaitedIsPartOfTheRun() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found next =
        ask(
            HI,
            CALL.formatted("c-1"),
            RESULT.formatted("c-1", "two"),
            "{\"role\":\"user\",\"content\":\"hurry\"}");

    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void aForkIsANewRunOfTheConversation() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));
    answered(ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "two")), HELLO);

    Found fork = ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "three"));

    assertThat(fork.begun()).isTrue();
    assertThat(fork.strand().conversation()).isEqualTo(first.strand().conversation());
  }

  @Test
  void theSameFirstWordsAfterAnAnswerAreAnotherConversation() {
    Found first = answered(ask(HI), HELLO);

    Found again = ask(HI);

    assertThat(again.strand().conversation()).isNotEqualTo(first.strand().conversation());
  }

  @Test
  void aRequestThatFailedIsTriedAgainInItsRun() {
    Found first = ask(HI);
    strands.ended(first, List.of(), List.of());

    assertThat(ask(HI).strand()).isEqualTo(first.strand());
  }

  @Test
  void twoAtOnceAreTwoRunsUnlessTheClientSaysThatItAsksAgain() {
    Found first = ask(HI);

    assertThat(ask("a", "", false, HI).strand()).isNotEqualTo(first.strand());
    assertThat(ask("a", "", true, HI).begun()).isFalse();
  }

  @Test
  void twoAgentsNeverShareARun() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found other = ask("b", "", false, HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "two"));

    assertThat(other.strand().conversation()).isNotEqualTo(first.strand().conversation());
  }

  @Test
  void aRunIsKnownByItsToolCallsWhenItsBeginningWasCutOff() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found next =
        ask(
            "{\"role\":\"user\",\"content\":\"Summary: they said hi.\"}",
            CALL.formatted("c-1"),
            RESULT.formatted("c-1", "two"));

    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void anAnswerThatTheClientWroteAnewIsStillTheAnswer() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found next =
        ask(
            HI,
            "{\"role\":\"assistant\",\"content\":\"I look it up.\"}",
            RESULT.formatted("c-1", "two"));

    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void instructionsAndTheWayResultsArePackedDoNotCount() {
    Found first = answered(ask(HI), CALL.formatted("c-1"));

    Found next =
        ask(
            "{\"role\":\"system\",\"content\":\"It is noon.\"}",
            HI,
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"x\",\"name\":\"find\",\"input\":{}}]}",
            "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"x\",\"content\":\"two\"}]}");

    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void aResponseThatTheProviderKeepsLeadsToItsRun() {
    Found first = ask(HI);
    strands.ended(first, List.of(turns(CALL.formatted("c-1"))), List.of("resp-1"));

    Found next = ask("a", "resp-1", false, RESULT.formatted("c-1", "two"));

    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void whatItKnowsOutlivesTheProcessAndALineThatWasCutOff() throws IOException {
    Path file = folder.resolve("conversations.jsonl");
    Found first;
    try (FileDiary diary = FileDiary.open(file, 100)) {
      strands = new Strands(1_000, diary);
      first = answered(ask(HI), CALL.formatted("c-1"));
    }
    Files.writeString(file, "{\"scope\":\"a\",\"chai", StandardOpenOption.APPEND);

    Found next;
    try (FileDiary diary = FileDiary.open(file, 100)) {
      strands = new Strands(1_000, diary);
      next = ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "two"));
    }
    Found last;
    try (FileDiary diary = FileDiary.open(file, 100)) {
      strands = new Strands(1_000, diary);
      last = ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "three"));
    }

    assertThat(next.strand()).isEqualTo(first.strand());
    assertThat(last.begun()).isTrue();
    assertThat(last.strand().conversation()).isEqualTo(first.strand().conversation());
  }

  @Test
  void whatItKnowsOutlivesAProcessThatDoesNotCloseIt() throws IOException {
    Path file = folder.resolve("conversations.jsonl");
    strands = new Strands(1_000, FileDiary.open(file, 100));
    Found first = answered(ask(HI), CALL.formatted("c-1"));
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();

    while (!Files.exists(file) || !Files.readString(file).contains("CALLING")) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }

    strands = new Strands(1_000, FileDiary.open(file, 100));
    Found next = ask(HI, CALL.formatted("c-1"), RESULT.formatted("c-1", "two"));
    assertThat(next.strand()).isEqualTo(first.strand());
  }

  @Test
  void remembersNoMoreThanItMay() throws IOException {
    Path file = folder.resolve("conversations.jsonl");
    try (FileDiary diary = FileDiary.open(file, 20)) {
      strands = new Strands(10, diary);
      for (int i = 0; i < 200; i++) {
        answered(ask("{\"role\":\"user\",\"content\":\"" + i + "\"}"), HELLO);
      }
      assertThat(strands.size()).isLessThanOrEqualTo(10);
    }

    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.count()).isBetween(1L, 25L);
    }
  }

  private Found ask(String... messages) {
    return ask("a", "", false, messages);
  }

  private Found ask(String scope, String link, boolean retried, String... messages) {
    return strands.ask(new Asking(scope, turns(messages), link, retried), this::fresh);
  }

  private Found answered(Found found, String message) {
    strands.ended(found, List.of(turns(message)), List.of());
    return found;
  }

  private Strand fresh(String conversation) {
    runs++;
    String id = "%032x".formatted(runs);
    return new Strand(
        id, id.substring(16), conversation.isEmpty() ? id : conversation, Instant.EPOCH, "");
  }

  private static List<Turn> turns(String... messages) {
    return TurnReader.read("[" + String.join(",", messages) + "]");
  }
}
