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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private Chains chains() {
    JwsKey key = new JwsKey(SigningKey.generate("agents", new SecureRandom()));
    return new Chains(new ChainTokens(key, NOW), FileDiary.open(file(), 100), 100);
  }

  private Path file() {
    return folder.resolve("chains.jsonl");
  }
}
