// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.state.Kill;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillSwitchTest {
  private static final Subject LOOKUP = Subject.ofAgent("lookup", Map.of());

  @TempDir Path folder;
  private final List<Kill> cut = new CopyOnWriteArrayList<>();
  private final List<Boolean> blockedWhenCut = new CopyOnWriteArrayList<>();
  private final List<Long> entriesWhenCut = new CopyOnWriteArrayList<>();
  private ControlFixture fixture;
  private KillSwitch stops;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup")));
    stops = KillSwitch.of(fixture.control(), Duration.ofMillis(5));
    stops.connect(kill -> {
      blockedWhenCut.add(stops.killed(LOOKUP).isPresent());
      entriesWhenCut.add(fixture.ledger.size());
      cut.add(kill);
      return 3;
    });
  }

  @AfterEach
  void close() {
    stops.close();
    fixture.close();
  }

  @Test
  void blocksFirstThenCutsThenWrites() {
    long before = fixture.ledger.size();

    Stopped stopped = stops.kill(kill("kill-1", "agent=lookup"), Actor.SYSTEM);

    assertThat(blockedWhenCut.getFirst()).isTrue();
    assertThat(entriesWhenCut.getFirst()).isEqualTo(before);
    assertThat(stopped.cut()).isEqualTo(3);
    assertThat(stopped.written()).isTrue();
    assertThat(stopped.kill()).isEqualTo(fixture.state().kills().find("kill-1").orElseThrow());
    assertThat(stops.killed(LOOKUP)).contains(stopped.kill());
    assertThat(stops.unwritten()).isEmpty();
  }

  @Test
  void callsThatAreToldWhenItIsWrittenAreToldWhyToo() {
    Stopped stopped = stops.kill(kill("kill-1", "agent=lookup"), Actor.SYSTEM);

    String reason = stops.reason(stopped.kill());
    assertThat(reason).isNotEmpty();
    assertThat(stops.reason(cut.getFirst())).as("of the kill as it was cut").isEqualTo(reason);
  }

  @Test
  void whatIsRefusedCutsNothing() {
    assertThatThrownBy(() -> stops.kill(kill("kill-1", "agent=lokup"), Actor.SYSTEM))
        .isInstanceOf(ApiException.class);

    assertThat(cut).isEmpty();
    assertThat(stops.killed(Subject.ofAgent("lokup", Map.of()))).isEmpty();
  }

  @Test
  void aKillThatCameToControlByAnotherWayCutsToo() {
    fixture.submit(kill("kill-1", "agent=lookup"));

    assertThat(cut).extracting(Kill::id).containsExactly("kill-1");
    assertThat(blockedWhenCut).containsExactly(true);
  }

  @Test
  void withAFullDiskItCutsAndBlocksAndIsWrittenWhenThereIsRoom() {
    fixture.people.full(true);
    long before = fixture.ledger.size();

    Stopped stopped = stops.kill(kill("kill-1", "agent=lookup"), Actor.SYSTEM);

    assertThat(stopped.written()).isFalse();
    assertThat(stopped.trouble()).contains("no room");
    assertThat(stopped.cut()).isEqualTo(3);
    assertThat(fixture.ledger.size()).isEqualTo(before);
    assertThat(stops.killed(LOOKUP)).isPresent();
    assertThat(stops.unwritten()).extracting(one -> one.kill().id()).containsExactly("kill-1");
    assertThatThrownBy(() -> stops.restore(restore("kill-1"), Actor.SYSTEM))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    assertThat(stops.kill(kill("kill-2", "agent=lookup"), Actor.SYSTEM).kill().id())
        .as("the same kill again is the same")
        .isEqualTo("kill-1");

    fixture.people.full(false);

    until(() -> stops.unwritten().isEmpty());
    assertThat(fixture.state().kills().find("kill-1")).isPresent();
    assertThat(stops.killed(LOOKUP)).isPresent();
    stops.restore(restore("kill-1"), Actor.SYSTEM);
    assertThat(stops.killed(LOOKUP)).isEmpty();
  }

  @Test
  void blocksWithoutAGapWhileItIsWritten() throws InterruptedException {
    int kills = 60;
    List<String> gaps = new CopyOnWriteArrayList<>();
    Thread killer =
        Thread.ofPlatform()
            .unstarted(() -> {
              for (int i = 0; i < kills; i++) {
                stops.kill(kill("kill-" + i, "run=run-" + i), Actor.SYSTEM);
              }
            });
    Thread asker =
        Thread.ofPlatform()
            .unstarted(() -> {
              for (int i = 0; i < kills; i++) {
                Subject call = run("run-" + i);
                while (stops.killed(call).isEmpty()) {
                  Thread.onSpinWait();
                }
                for (int again = 0; again < 20_000; again++) {
                  if (stops.killed(call).isEmpty()) {
                    gaps.add("run-" + i);
                  }
                }
              }
            });
    killer.start();
    asker.start();
    killer.join();
    asker.join();

    assertThat(gaps).isEmpty();
  }

  private static Subject run(String id) {
    return new Subject("lookup", "", "", "", id, "", "", Map.of(), "", "", "");
  }

  private static Command.Kill kill(String id, String selector) {
    return new Command.Kill(id, Selector.parse(selector), "it loops");
  }

  private static Command.Restore restore(String id) {
    return new Command.Restore(id, "repaired");
  }

  private static void until(BooleanSupplier done) {
    Instant end = Instant.now().plusSeconds(20);
    while (!done.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("it did not come to pass");
      }
      Thread.onSpinWait();
    }
  }
}
