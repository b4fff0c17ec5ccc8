// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  @TempDir Path folder;

  @Test
  void ofManyThatRaceForOneNameOneWins() throws InterruptedException {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fixture.apply(Yaml.documents(Yaml.DANA, Yaml.agent("a")));
      AtomicInteger won = new AtomicInteger();
      ConcurrentLinkedQueue<ApiException> refused = new ConcurrentLinkedQueue<>();

      inParallel(
          64,
          i -> {
            try {
              fixture.submit(
                  new Command.IssueAgentKey(
                      "key-1", Digest.of("value-" + i), "a", "production", ""));
              won.incrementAndGet();
            } catch (ApiException e) {
              refused.add(e);
            }
          });

      assertThat(won).hasValue(1);
      assertThat(refused).hasSize(63).allMatch(e -> e.code() == ErrorCode.CONFLICT);
      assertThat(fixture.state().agentKeys()).hasSize(1);
      assertThat(fixture.replayed(fixture.ledger.size())).isEqualTo(fixture.state());
    }
  }

  @Test
  void whoeverIsAnsweredSeesItInStateAndInTheLedger() throws InterruptedException {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      ConcurrentLinkedQueue<String> unseen = new ConcurrentLinkedQueue<>();

      inParallel(
          64,
          i -> {
            Accepted accepted = fixture.submit(new Command.ChangeSetting("s-" + i, "v"));
            State state = fixture.state();
            if (state.setting("s-" + i).isEmpty()
                || state.sequence() < accepted.sequence()
                || accepted.receipts().getFirst().index() != accepted.sequence() - 1) {
              unseen.add("s-" + i);
            }
          });

      assertThat(unseen).isEmpty();
      assertThat(fixture.ledger.size()).isEqualTo(64);
      assertThat(fixture.replayed(64)).isEqualTo(fixture.state());
    }
  }

  @Test
  void aCommandAfterTheEndIsToldToTryAgain() {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fixture.control().close();

      assertThatThrownBy(() -> fixture.submit(new Command.ChangeSetting("a", "b")))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_BUSY))
          .hasMessage("the server is stopping; try again later");
    }
  }

  @Test
  void whatTheLedgerRefusesIsNotInState() {
    ControlFixture fixture = new ControlFixture(folder);
    fixture.submit(new Command.ChangeSetting("a", "1"));
    State before = fixture.state();
    fixture.ledger.close();

    assertThatThrownBy(() -> fixture.submit(new Command.ChangeSetting("a", "2")))
        .isInstanceOf(RuntimeException.class);

    assertThat(fixture.state()).isSameAs(before);
    fixture.control().close();
    fixture.store.close();
  }

  @Test
  void startsFromASnapshotThatTheLedgerVouchesFor() {
    try (ControlFixture fixture = new ControlFixture(folder, new ControlConfig(64, 5))) {
      fixture.apply(Yaml.ALL);
      for (int i = 0; i < 20; i++) {
        fixture.submit(new Command.ChangeSetting("a", "" + i));
      }
      fixture.restart();
      fixture.submit(new Command.ChangeSetting("a", "last"));

      SnapshotStore.StoredSnapshot kept =
          fixture.snapshots.newest(fixture.ledger.size()).orElseThrow();
      assertThat(kept.sequence()).isGreaterThanOrEqualTo(5);
      assertThat(SnapshotCodec.read(kept.bytes(), new Shelf(fixture.ledger::blob, fixture.people)))
          .isEqualTo(fixture.replayed(kept.sequence()));
      assertThat(fixture.restart().state()).isEqualTo(fixture.replayed(fixture.ledger.size()));
    }
  }

  @Test
  void aSnapshotThatNobodyVouchesForIsNotBelieved() {
    try (ControlFixture fixture = new ControlFixture(folder)) {
      fixture.apply(Yaml.ALL);
      byte[] forged =
          new String(SnapshotCodec.write(fixture.state()), StandardCharsets.UTF_8)
              .replace("\"settings\":{}", "\"settings\":{\"evil\":\"true\"}")
              .getBytes(StandardCharsets.UTF_8);
      fixture.snapshots.keep(1, forged);

      assertThat(fixture.restart().state().settings()).isEmpty();

      fixture.control().submit(new Command.RecordSnapshot(1, Digest.of(forged)), Actor.SYSTEM);
      assertThat(fixture.restart().state().settings()).containsEntry("evil", "true");
    }
  }

  private interface Work {
    void run(int i);
  }

  private static void inParallel(int count, Work work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(Thread.startVirtualThread(() -> work.run(number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
