// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Part;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import dev.steward.insight.failure.SilentFailures.SilentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SilentFailuresTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.", "\n", "a", "$.", "http ", "x error\n at "})
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aResultOfAnyShapeIsReadWithoutEndOfTheStack(String shape) {
    String result = "a" + shape.repeat(3_000) + "b";
    for (int i = 0; i < 200; i++) {
      assertThat(ErrorShape.of(result)).isEmpty();
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void eachTurnIsReadOnceForAllErrorsBeforeIt() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      parts.add(new Returned("c" + i, "tool" + i, "{}", ERROR, false));
    }
    parts.add(new Spoken("t", "can ".repeat(400_000), false, true, true));
    SilentFailures.Known known = (SilentFailures.Known) SilentFailures.of(new Dialogue(parts, ""));
    assertThat(known.failures()).hasSize(1_000);
  }

  private static final String ERROR = "{\"error\":\"no such order\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ERROR,
        "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"Error: no\"}]}",
        "\"Error: no such order\"",
        "\"{\\\"error\\\":{\\\"code\\\":5}}\"",
        "\"ValueError: bad id\"",
        "\"java.lang.IllegalStateException: closed\"",
        "\"Traceback (most recent call last):\\n  File\"",
        "\"HTTP 503 Service Unavailable\"",
        "\"404 Not Found\"",
        "\"<html><head><title>502 Bad Gateway</title>\"",
        "{\"status\":404,\"title\":\"Not Found\",\"detail\":\"no order\"}",
        "{\"success\":false}",
        "{\"errors\":[{\"message\":\"denied\"}],\"data\":null}",
        "Error: it is not even JSON",
      })
  void resultsThatSayAnErrorAreSeenByTheirForm(String result) {
    assertThat(ErrorShape.of(result)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"error\":null,\"rows\":[1]}",
        "{\"error\":\"\"}",
        "{\"error\":false}",
        "{\"success\":true,\"error\":\"none\"}",
        "{\"status\":\"failed\"}",
        "{\"code\":404}",
        "{\"errors\":[{\"message\":\"x\"}],\"data\":{\"log\":1}}",
        "{\"rows\":[{\"error\":\"in the data\"}]}",
        "\"The error rate fell\"",
        "\"Errors and omissions insurance\"",
        "\"404 rooms are free\"",
        "\"exceptional\"",
        "42",
      })
  void dataThatOnlySpeaksOfErrorsIsNone(String result) {
    assertThat(ErrorShape.of(result)).isEmpty();
  }

  @Test
  void anErrorThatTheAgentPassedOverIsSilent() {
    assertThat(of(returned("look", ERROR), said("Your order is on its way.")))
        .isEqualTo(
            new SilentFailures.Known(
                1, List.of(new SilentFailure("look", "look", "error: no such order"))));
    assertThat(failures(returned("look", ERROR), returned("ship", "{}"))).hasSize(1);
  }

  @Test
  void whoTellsOrTriesAgainHasNoticed() {
    assertThat(failures(returned("look", ERROR), said("I could not find it."))).isEmpty();
    assertThat(failures(returned("look", ERROR), said("Sorry, that was nothing."))).isEmpty();
    assertThat(failures(returned("look", ERROR), returned("look", "{}"), said("It is there.")))
        .isEmpty();
  }

  @Test
  void anErrorThatItsSpanCallsOneIsNotSilent() {
    assertThat(failures(new Returned("s", "look", "{}", ERROR, true), said("It is there.")))
        .isEmpty();
  }

  @Test
  void anErrorAfterWhichNothingCameIsNotPassedOver() {
    assertThat(failures(returned("look", ERROR))).isEmpty();
    assertThat(failures(returned("look", ERROR), new Heard("m", "Well?"))).isEmpty();
  }

  @Test
  void whatIsNotCapturedIsUnknownAndNeverZero() {
    assertThat(of(returned("look", ""), said("Fine.")))
        .isEqualTo(new SilentFailures.Unknown("the result of a tool was not captured"));
    assertThat(of(returned("look", ERROR), new Spoken("m", "", false, true, false)))
        .isEqualTo(
            new SilentFailures.Unknown("what the agent said after an error was not captured"));
    assertThat(SilentFailures.of(new Dialogue(List.of(), "too long")))
        .isEqualTo(new SilentFailures.Unknown("too long"));
    assertThat(of(said("Hello."))).isEqualTo(new SilentFailures.Known(0, List.of()));
  }

  private static SilentFailures of(Part... parts) {
    return SilentFailures.of(new Dialogue(List.of(parts), ""));
  }

  private static List<SilentFailure> failures(Part... parts) {
    return ((SilentFailures.Known) of(parts)).failures();
  }

  private static Part returned(String tool, String result) {
    return new Returned(tool, tool, "{}", result, false);
  }

  private static Part said(String text) {
    return new Spoken("answer", text, false, true, true);
  }
}
