// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.Kill;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The invariant KilledStaysKilled: nothing but a restore ends a kill.
class KilledStaysKilledTest {
  private static final Subject LOOKUP = Subject.ofAgent("lookup", Map.of("tier", "1"));

  @TempDir Path folder;

  @Test
  void acrossARestart() {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fill(fixture);
      State before = fixture.state();

      State after = fixture.restart().state();

      assertKilled(after);
      assertThat(after).isEqualTo(before).isEqualTo(fixture.replayed(fixture.ledger.size()));
    }
  }

  @Test
  void acrossASnapshot() {
    try (ControlFixture fixture = new ControlFixture(folder, new ControlConfig(64, 5))) {
      fill(fixture);
      for (int i = 0; i < 20; i++) {
        fixture.submit(new Command.ChangeSetting("a", "" + i));
      }
      fixture.restart();
      SnapshotStore.StoredSnapshot kept =
          fixture.snapshots.newest(fixture.ledger.size()).orElseThrow();

      State read =
          SnapshotCodec.read(kept.bytes(), new Shelf(fixture.ledger::blob, fixture.people));

      assertKilled(read);
      assertKilled(fixture.restart().state());
      assertThat(read).isEqualTo(fixture.replayed(kept.sequence()));
    }
  }

  @Test
  void aSnapshotFromBeforeThereWereKillsHasNone() {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fixture.apply(Yaml.ALL);
      String written = new String(SnapshotCodec.write(fixture.state()), StandardCharsets.UTF_8);
      String old = written.replaceFirst(",\"kills\":\\[]|\"kills\":\\[],", "");
      assertThat(old).isNotEqualTo(written);

      State read =
          SnapshotCodec.read(
              old.getBytes(StandardCharsets.UTF_8),
              new Shelf(fixture.ledger::blob, fixture.people));

      assertThat(read).isEqualTo(fixture.state());
    }
  }

  @Test
  void alsoWhenItsAgentIsDeletedAndDeclaredAgain() {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fill(fixture);
      fixture.submit(new Command.DeleteResource("Agent", "lookup"));
      fixture.apply(Yaml.agent("lookup"));

      assertKilled(fixture.state());
    }
  }

  private static void fill(ControlFixture fixture) {
    fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("lookup")));
    kill(fixture, "kill-1", "agent=lookup");
    kill(fixture, "kill-2", "everything");
    kill(fixture, "kill-3", "label.tier=1,model=gpt-5");
    fixture.submit(new Command.Restore("kill-2", "repaired"));
  }

  private static void kill(ControlFixture fixture, String id, String selector) {
    fixture.submit(new Command.Kill(id, Selector.parse(selector), "it loops"));
  }

  private static void assertKilled(State state) {
    assertThat(state.killed(LOOKUP)).isPresent();
    assertThat(state.kills().all())
        .extracting(Kill::id)
        .containsExactly("kill-1", "kill-2", "kill-3");
    Kill proposed = state.kills().find("kill-2").orElseThrow();
    assertThat(proposed.proposal().orElseThrow().by()).isEqualTo(Actor.SYSTEM);
    assertThat(state.text(proposed.reason())).contains("it loops");
    assertThat(state.kills().find("kill-3").orElseThrow().selector())
        .isEqualTo(Selector.parse("label.tier=1,model=gpt-5"));
  }
}
