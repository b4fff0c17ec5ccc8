// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.Root;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Operation;
import dev.steward.trace.diary.Diary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverheardTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String RUN = "a".repeat(32);

  private final Places places = new Places(new Strands(10, Diary.NONE), new Random(1));
  private final Overheard overheard = places.overheard();
  private final Caller caller = ProposalsTest.caller("clerk");

  @Test
  void whatAModelSaidInTheRunCountsForOneAnswer() {
    Overheard.Ear one = begin(caller, RUN);
    Overheard.Ear other = begin(caller, RUN);
    said(RUN, "It is \"fine\".");

    assertThat(one.said(" It is \"fine\".\n")).isTrue();
    assertThat(other.said("It is \"fine\".")).isFalse();
    assertThat(one.said("It is \"fine\".")).isFalse();
  }

  @Test
  void aPartOfIsNotWhatWasSaid() {
    Overheard.Ear ear = begin(caller, RUN);
    said(RUN, "It is fine.");

    assertThat(ear.said("It is")).isFalse();
    assertThat(ear.said("assistant")).as("a word of the message's form").isFalse();
    assertThat(ear.said("")).isFalse();
    assertThat(ear.said("It is fine.")).isTrue();
  }

  @Test
  void anotherRunOrAgentHasNotAnswered() {
    Overheard.Ear ear = begin(caller, RUN);
    Overheard.Ear stranger = begin(ProposalsTest.caller("other"), RUN);
    said("b".repeat(32), "Yes.");

    assertThat(ear.said("Yes.")).isFalse();
    assertThat(stranger.said("Yes.")).isFalse();
  }

  @Test
  void aCallOfNoKnownRunAnswersWhatItAsks() {
    Overheard.Ear ear = begin(caller, RUN);
    Overheard.Ear elsewhere = overheard.begin(caller, RUN, "Another question?", NOW);
    alone("Which?", "Yes.");

    assertThat(elsewhere.said("Yes.")).isFalse();
    assertThat(ear.said("Yes.")).isTrue();
  }

  @Test
  void whatWasSaidBeforeOrAfterItWasListenedToIsNotHeard() {
    said(RUN, "An earlier word.");
    Overheard.Ear ear = overheard.begin(caller, RUN, "Which?", NOW.plusSeconds(1));
    said(RUN, "Said by a call that began before.");
    assertThat(ear.said("An earlier word.")).isFalse();
    assertThat(ear.said("Said by a call that began before.")).isFalse();

    ear.close();
    ear.close();
    said(RUN, "Too late.");
    assertThat(ear.said("Too late.")).isFalse();
  }

  private Overheard.Ear begin(Caller asked, String run) {
    return overheard.begin(asked, run, "Which?", NOW);
  }

  private void said(String run, String text) {
    CallRecord call = call(text);
    call.place(new Place(run, run, "d".repeat(16), true, "", "", "", null));
    places.answered(call);
  }

  /// A call that names no run, so that one begins with it.
  private void alone(String question, String text) {
    CallRecord call = call(text);
    String trace = "c".repeat(32);
    call.asked(
        Asked.of(
            new Endpoint(Operation.CHAT, ""),
            ("{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                    + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\""
                    + question
                    + "\"}]}]}")
                .getBytes(StandardCharsets.UTF_8)));
    call.place(
        new Place(
            trace,
            trace,
            "d".repeat(16),
            false,
            trace,
            "",
            "",
            new Root("d".repeat(16), NOW, "", Root.State.OPEN)));
    places.answered(call);
  }

  private CallRecord call(String text) {
    CallRecord call = new CallRecord("e".repeat(16), Operation.CHAT, NOW);
    call.caller(caller);
    call.told(
        "[{\"role\":\"assistant\",\"content\":"
            + CanonicalJson.text(CanonicalJson.MAPPER.getNodeFactory().stringNode(text))
            + "}]");
    return call;
  }
}
