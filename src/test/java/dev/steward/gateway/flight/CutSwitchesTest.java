// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.command.Command;
import dev.steward.control.live.InFlight;
import dev.steward.domain.Digest;
import dev.steward.domain.Subject;
import dev.steward.domain.release.Strategy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call is given its version before it is shown among those in flight, and a switch may come
/// between the two.
class CutSwitchesTest {
  @TempDir Path folder;
  private ControlFixture fixture;
  private Digest first;
  private Digest second;
  private final Flights flights = new Flights(_ -> Optional.empty(), _ -> "");

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, version(1)));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    fixture.apply(version(2));
    first = inForce("staging");
    second = inForce("development");
    CutSwitches.over(fixture.control(), flights);
    fixture.submit(
        new Command.StartRelease(
            "next", "lookup", "staging", "", Strategy.BLUE_GREEN, Map.of(), "better still"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aCallThatWasGivenItsVersionBeforeTheSwitchAndBeginsAfterItIsCut() {
    assertThat(cut(call(first, false))).isFalse();
    change(false, true);

    assertThat(cut(call(first, false))).isTrue();
    assertThat(cut(call(second, false))).isFalse();
    change(true, true);
    assertThat(cut(call(first, false))).isFalse();
    assertThat(cut(call(second, false))).isTrue();
  }

  @Test
  void whoIsBoundToTheVersionThatWasLeftGoesOnThere() {
    change(false, true);

    assertThat(cut(call(first, true))).isFalse();
  }

  @Test
  void aSwitchThatLetsFinishCutsNobodyWhoBeginsLate() {
    change(false, false);

    assertThat(cut(call(first, false))).isFalse();
  }

  @Test
  void theNextSwitchAndTheEndOfTheReleaseEndIt() {
    change(false, true);
    change(true, false);
    assertThat(cut(call(first, false))).isFalse();
    assertThat(cut(call(second, false))).isFalse();

    change(false, true);
    fixture.submit(new Command.RefuseRelease("next", "it is worse"));
    assertThat(cut(call(first, false))).isFalse();
  }

  private boolean cut(Subject subject) {
    InFlight facts =
        InFlight.begun("call", InFlight.Kind.MODEL, subject, ControlFixture.START, "chat gpt-5");
    try (Flight flight = flights.open(facts)) {
      return flight.cut().isPresent();
    }
  }

  private void change(boolean back, boolean cut) {
    fixture.submit(new Command.SwitchRelease("next", back, cut, "the other one"));
  }

  private static Subject call(Digest version, boolean bound) {
    return new Subject(
        "lookup",
        version.hex(),
        "staging",
        "",
        "",
        "",
        "",
        Map.of(),
        "",
        "",
        "",
        false,
        bound,
        Set.of());
  }

  private Digest inForce(String environment) {
    return Objects.requireNonNull(fixture.state().environments("lookup").get(environment));
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
