// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.shadow.RunCalls.Done;
import dev.steward.gateway.shadow.RunCalls.Ended;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RunCallsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");
  private static final Instant END = BEGIN.plusSeconds(5);
  private static final String TRACE = "4".repeat(32);

  private final RunCalls calls = new RunCalls();

  @Test
  void onlyResultsOfCallsWithEffectsAreKeptAndOnlyShortOnes() {
    String longest = "{\"text\":\"" + "a".repeat(RunCalls.RESULT_BYTES_MAX - 11) + "\"}";
    note("run", done("paid", true, "{\"paid\":true}"));
    note("run", done("longest", true, longest));
    note("run", done("longer", true, longest + " "));
    note("run", done("letters", true, "{\"text\":\"" + "ä".repeat(40_000) + "\"}"));
    note("run", done("read", false, "{\"read\":true}"));

    assertThat(result("run", "paid")).isPresent();
    assertThat(result("run", "longest")).isPresent();
    assertThat(result("run", "longer")).isEmpty();
    assertThat(result("run", "letters")).isEmpty();
    assertThat(result("run", "read")).isEmpty();
    assertThat(calls.of("run", TRACE, BEGIN, END)).hasSize(5);
  }

  @Test
  void keepsSoManyBytesAndForgetsTheQuietestRunFirst() {
    RunCalls few = new RunCalls(100_000);
    String result = "{\"text\":\"" + "a".repeat(10_000) + "\"}";
    for (int i = 0; i < 1_000; i++) {
      few.note("r", place("run-" + i), done("pay", true, result));
      few.note("r", place("busy"), done("read", false, ""));
      assertThat(few.bytes()).isBetween(1L, 100_000L);
    }

    assertThat(few.of("run-0", "run-0", BEGIN, END)).isEmpty();
    assertThat(few.of("run-999", "run-999", BEGIN, END)).hasSize(1);
    assertThat(few.of("busy", "busy", BEGIN, END)).isNotEmpty();
  }

  @Test
  void whatIsOfAReleaseThatIsNoShadowAnyMoreGoes() {
    calls.note("over", place("one"), done("pay", true, "{\"paid\":true}"));
    calls.note("open", place("two"), done("pay", true, "{\"paid\":true}"));
    long both = calls.bytes();

    calls.keepOnly("open"::equals);

    assertThat(calls.bytes()).isEqualTo(both / 2);
    assertThat(result("one", "pay")).isEmpty();
    assertThat(result("two", "pay")).isPresent();
    calls.keepOnly(_ -> false);
    assertThat(calls.bytes()).isZero();
  }

  @Test
  void onlyWhatEndedWithinTheCallCounts() {
    note("run", at("before", BEGIN.minusMillis(1)));
    note("run", at("first", BEGIN));
    note("run", at("last", END));
    note("run", at("after", END.plusMillis(1)));

    assertThat(calls.of("run", TRACE, BEGIN, END))
        .extracting(Done::tool)
        .containsExactly("first", "last");
  }

  @Test
  void whatWaitsForPeopleCountsOnceHoweverOftenItIsAskedFor() {
    note("run", ended("pay", Ended.PENDING));
    note("run", ended("pay", Ended.PENDING));
    assertThat(calls.of("run", TRACE, BEGIN, END)).hasSize(1);

    note("run", ended("pay", Ended.MADE));

    assertThat(calls.of("run", TRACE, BEGIN, END))
        .singleElement()
        .extracting(Done::ended)
        .isEqualTo(Ended.MADE);
    note("run", ended("pay", Ended.MADE));
    assertThat(calls.of("run", TRACE, BEGIN, END)).as("two that were made").hasSize(2);
  }

  private Optional<ObjectNode> result(String run, String tool) {
    return calls.result(run, run, tool, Digest.of("{}"));
  }

  private void note(String run, Done done) {
    calls.note("r", place(run), done);
  }

  private static Place place(String run) {
    return new Place(run, run, null, true, "", "", "", null);
  }

  private static Done at(String tool, Instant at) {
    return new Done(tool, Digest.of("{}"), true, Ended.MADE, at, "");
  }

  private static Done ended(String tool, Ended ended) {
    return new Done(tool, Digest.of("{}"), true, ended, BEGIN, "");
  }

  private static Done done(String tool, boolean acts, String result) {
    return new Done(tool, Digest.of("{}"), acts, Ended.MADE, BEGIN, result);
  }
}
