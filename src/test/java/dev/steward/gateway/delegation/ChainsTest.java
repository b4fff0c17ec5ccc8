// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.gateway.delegation.Chain.Link;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.signing.JwsKey;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.ledger.note.SigningKey;
import dev.steward.store.file.FileDiary;
import dev.steward.trace.diary.Diary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChainsTest {
  private static final InstantSource NOW = InstantSource.fixed(Instant.EPOCH);
  private static final Link WORKER = new Link("worker", "w1");
  private static final Chain PLANNED = new Chain(List.of(new Link("planner", "p1")));
  private static final String TRACE = "4".repeat(32);
  private static final Place PLACE = new Place("run-7", TRACE, null, true, "", "", "", null);

  @TempDir Path folder;

  @Test
  void whatARunWasAskedForIsOnTheDiskBeforeItsAgentIsAsked() {
    // Never closed: the process ends without a word.
    chains().asked(WORKER, "production", PLACE, PLANNED);

    Chains after = chains();

    assertThat(after.of("worker", "production", "run-7")).isEqualTo(PLANNED);
    assertThat(after.of("worker", "production", TRACE)).isEqualTo(PLANNED);
    assertThat(after.of("worker", "staging", "run-7")).isEqualTo(Chain.NONE);
    assertThat(after.of("clerk", "production", "run-7")).isEqualTo(Chain.NONE);
  }

  @Test
  void whoIsAskedTwiceActsOnBehalfOfBothAlsoAfterARestart() {
    Chain other = new Chain(List.of(new Link("auditor", "a1")));
    chains().asked(WORKER, "production", PLACE, PLANNED);
    chains().asked(WORKER, "production", PLACE, other);

    assertThat(chains().of("worker", "production", "run-7").agents())
        .containsExactly("planner", "auditor");
  }

  @Test
  void aLineThatWasCutOffCostsNoOther() throws IOException {
    chains().asked(WORKER, "production", PLACE, PLANNED);
    Files.writeString(file(), "\n[\"abc\",\"pla", java.nio.file.StandardOpenOption.APPEND);

    assertThat(chains().of("worker", "production", "run-7")).isEqualTo(PLANNED);
  }

  @Test
  void nobodyIsAskedWhereItCannotBeKept() throws IOException {
    Files.createDirectories(file());

    Chains chains = chains();

    assertThatThrownBy(() -> chains.asked(WORKER, "production", PLACE, PLANNED))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().kind()).isEqualTo(Refusal.Kind.UNRECORDED))
        .hasMessageContaining("cannot be kept, so it was not asked");
  }

  @Test
  void aChainThatCouldNotBeKeptIsKeptBeforeTheNextTry() throws IOException {
    Files.createDirectories(file());
    Chains chains = chains();
    assertThatThrownBy(() -> chains.asked(WORKER, "production", PLACE, PLANNED))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> chains.asked(WORKER, "production", PLACE, PLANNED))
        .as("once more")
        .isInstanceOf(RefusedException.class);
    assertThat(chains.of("worker", "production", "run-7")).isEqualTo(Chain.NONE);

    Files.delete(file());
    chains.asked(WORKER, "production", PLACE, PLANNED);

    assertThat(chains().of("worker", "production", "run-7")).isEqualTo(PLANNED);
  }

  @Test
  void aCallThatComesWhileItIsKeptIsNotAskedBeforeItIsKept() throws InterruptedException {
    SlowDiary disk = new SlowDiary();
    Chains chains = new Chains(tokens(), disk, 100);
    Chain other = new Chain(List.of(new Link("auditor", "a1")));
    Thread first = asking(chains, PLANNED);
    Thread second = asking(chains, PLANNED);
    Thread third = asking(chains, other);

    disk.entered.acquire(3);
    assertThat(List.of(first, second, third)).allMatch(Thread::isAlive);
    assertThat(chains.of("worker", "production", "run-7")).isEqualTo(Chain.NONE);
    disk.let.release(10);
    for (Thread thread : List.of(first, second, third)) {
      thread.join();
    }

    assertThat(chains.of("worker", "production", "run-7").agents())
        .containsExactlyInAnyOrder("planner", "auditor");
    assertThat(new Chains(tokens(), disk, 100).of("worker", "production", "run-7").agents())
        .containsExactlyInAnyOrder("planner", "auditor");
  }

  @Test
  void linesOfCallsAtOnceCountTogetherWhereTheServerEndedBetween() {
    SlowDiary disk = new SlowDiary();
    Chain other = new Chain(List.of(new Link("auditor", "a1")));
    disk.let.release(10);
    new Chains(tokens(), disk, 100).asked(WORKER, "production", PLACE, PLANNED);
    for (String line : List.copyOf(disk.lines)) {
      ChainLine kept = ChainLine.read(line).orElseThrow();
      disk.lines.add(new ChainLine(kept.mark(), other).text());
    }

    assertThat(new Chains(tokens(), disk, 100).of("worker", "production", "run-7").agents())
        .containsExactly("planner", "auditor");
  }

  private static Thread asking(Chains chains, Chain chain) {
    return Thread.ofVirtual().start(() -> chains.asked(WORKER, "production", PLACE, chain));
  }

  /// A disk that takes lines only when it is let.
  private static final class SlowDiary implements Diary {
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore let = new Semaphore(0);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public List<String> read() {
      return List.copyOf(lines);
    }

    @Override
    public void add(List<String> more) {
      throw new IllegalStateException("a chain is kept");
    }

    @Override
    public void keep(List<String> more) {
      entered.release();
      let.acquireUninterruptibly();
      lines.addAll(more);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static ChainTokens tokens() {
    return new ChainTokens(new JwsKey(SigningKey.generate("agents", new SecureRandom())), NOW);
  }

  private Chains chains() {
    return new Chains(tokens(), FileDiary.open(file(), 100), 100);
  }

  private Path file() {
    return folder.resolve("chains.jsonl");
  }
}
