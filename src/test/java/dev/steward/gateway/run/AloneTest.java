// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.release.Strategy;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.rollout.Arms;
import dev.steward.gateway.shadow.Shadows;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Request;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that say for whom they are and nothing of their work.
class AloneTest {
  private static final int MANY = 50;

  @TempDir Path folder;
  private ControlFixture fixture;
  private FileDiary pins;
  private FileDiary calls;
  private Places places;
  private Digest first;
  private Digest second;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, version(1)));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    fixture.apply(version(2));
    first = inForce("staging");
    second = inForce("development");
    pins = FileDiary.open(folder.resolve("arms.txt"), 1_000);
    calls = FileDiary.open(folder.resolve("callers.txt"), 1_000);
    places =
        new Places(
            new Strands(10, Diary.NONE),
            new Random(1),
            new RunUsers(),
            new Arms(pins, calls),
            Shadows.inMemory());
  }

  @AfterEach
  void close() {
    pins.close();
    calls.close();
    fixture.close();
  }

  @Test
  void nothingIsNotedOfThemWhileNothingIsTried() {
    assertThat(many()).containsOnly(first);

    assertThat(lines()).isZero();
  }

  @Test
  void nothingIsNotedOfThemBesideASwitchAndTheyHaveTheVersionInForce() {
    begin(Strategy.BLUE_GREEN, Map.of());
    assertThat(many()).containsOnly(first);
    fixture.submit(new Command.SwitchRelease("next", false, false, "go"));
    assertThat(many()).containsOnly(second);
    fixture.submit(new Command.SwitchRelease("next", true, false, "back"));
    assertThat(many()).containsOnly(first);

    assertThat(lines()).isZero();
  }

  @Test
  void theirUserIsAssignedOnceWhileACanaryRuns() {
    begin(Strategy.CANARY, Map.of("weight", "99%"));
    List<Digest> given = many();
    fixture.submit(new Command.WeighCanary("next", "1%", "less"));

    assertThat(many()).isEqualTo(given).containsOnly(given.getFirst());
    assertThat(lines()).isOne();
  }

  @Test
  void whatSaysItsConversationIsNoted() {
    given("x-steward-conversation", "c-1");
    given("x-steward-conversation", "c-1");

    assertThat(lines()).isOne();
  }

  private List<Digest> many() {
    return IntStream.range(0, MANY).mapToObj(_ -> given("x-steward-user", "u-1")).toList();
  }

  private Digest given(String header, String value) {
    Request request =
        new Request("POST", "/x", "", List.of(new Header(header, value)), new byte[0]);
    String conversation = header.equals("x-steward-conversation") ? value : "";
    return places
        .assigned(fixture.state(), caller(), places.alone().in(conversation), request)
        .version()
        .digest();
  }

  private long lines() {
    pins.flush();
    calls.flush();
    return Stream.of(pins, calls)
        .flatMap(diary -> diary.read().stream())
        .filter(line -> !line.isBlank())
        .count();
  }

  private void begin(Strategy strategy, Map<String, String> terms) {
    fixture.submit(
        new Command.StartRelease("next", "lookup", "staging", "", strategy, terms, "better still"));
  }

  private Caller caller() {
    AgentKey key =
        new AgentKey(
            "key",
            Digest.of("key"),
            "lookup",
            "staging",
            "",
            ControlFixture.START,
            Actor.SYSTEM,
            null);
    return new Caller(
        key,
        fixture.state().agent("lookup").orElseThrow(),
        fixture.state().versionInForce("lookup", "staging").orElseThrow());
  }

  private Digest inForce(String environment) {
    return Objects.requireNonNull(fixture.state().environments("lookup").get(environment));
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
