// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import static dev.steward.ledger.LedgerFolder.SIGN_AT_ONCE;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerFolder;
import dev.steward.ledger.TlogProof;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.NoteSignature;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.verify.VerifyResult.Verified;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessesTest {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir private Path path;
  private final List<VerifierKey> logKeys = new ArrayList<>();
  private HttpWitness witness;
  private LedgerFolder folder;
  private Ledger ledger;

  @BeforeEach
  void open() throws Exception {
    witness = new HttpWitness(logKeys);
    folder = new LedgerFolder(path, witness.key());
    logKeys.add(folder.key().verifierKey());
    ledger = folder.open(SIGN_AT_ONCE);
  }

  @AfterEach
  void close() {
    ledger.close();
    witness.close();
  }

  @Test
  void checkpointsAreCosignedAndTheCosignaturesKept() throws Exception {
    try (Witnesses witnesses = start(witness.config())) {
      for (int size : new int[] {3, 300, 301}) {
        ledger.append(entries((int) ledger.size(), size - (int) ledger.size()));
        await(() -> witness.size() == size);
      }
      await(() -> witnesses.status().getFirst().cosignedSize() == 301);
    }
    Checkpoint checkpoint = ledger.checkpoint();
    TlogProof proof = TlogProof.parse(ledger.tlogProof(299).encode());

    assertThat(checkpoint.note().signatures()).hasSize(2);
    assertThat(checkpoint.note().verify(folder.keys().witnesses())).containsExactly(witness.key());
    proof.verify(entry(299).data(), folder.keys());
    assertThat(folder.verify()).isInstanceOf(Verified.class);
    ledger.close();
    ledger = folder.open(SIGN_AT_ONCE);
    assertThat(ledger.checkpoint().note().signatures()).as("after a restart").hasSize(2);
  }

  @Test
  void aWitnessThatIsAheadOfWhatWeRememberIsFollowed() throws Exception {
    ledger.append(entries(0, 5));
    Checkpoint seen = ledger.awaitCheckpoint(5, DEADLINE).orElseThrow();
    witness.remember(5, seen.root());
    ledger.append(entries(5, 5));
    ledger.awaitCheckpoint(10, DEADLINE);

    try (Witnesses witnesses = start(witness.config())) {
      await(() -> witnesses.status().getFirst().cosignedSize() == 10);
    }
    assertThat(witness.answers()).containsExactly(409, 200);
  }

  @Test
  void aWitnessThatHasSeenALongerLogSaysSo() throws Exception {
    witness.remember(1000, Digest.of("a longer log"));
    ledger.append(entries(0, 5));

    try (Witnesses witnesses = start(witness.config())) {
      await(() -> witnesses.status().getFirst().failure().contains("entries were cut off"));
      assertThat(witnesses.status().getFirst().cosignedSize()).isZero();
    }
  }

  @Test
  void aWitnessThatHasSeenAnotherLogRefuses() throws Exception {
    witness.remember(2, Digest.of("another log"));
    ledger.append(entries(0, 5));

    try (Witnesses witnesses = start(witness.config())) {
      await(() -> witnesses.status().getFirst().failure().contains("422"));
    }
    assertThat(ledger.checkpoint().note().signatures()).hasSize(1);
  }

  @Test
  void aCosignatureThatDoesNotVerifyIsNotKept() throws Exception {
    witness.forge();
    ledger.append(entries(0, 5));

    try (Witnesses witnesses = start(witness.config())) {
      await(() -> witnesses.status().getFirst().failure().contains("does not verify"));
    }
    assertThat(ledger.checkpoint().note().signatures()).hasSize(1);
    assertThat(folder.verify()).isInstanceOf(Verified.class);
  }

  @Test
  void aWitnessThatIsDownHoldsNothingUpAndIsAskedAgain() throws Exception {
    witness.failNext(2);
    WitnessConfig config = witness.config();
    WitnessConfig impatient =
        new WitnessConfig(
            config.name(), config.vkey(), config.url(), DEADLINE, Duration.ofMillis(5));
    WitnessConfig nobody =
        new WitnessConfig("nobody", config.vkey(), URI.create("http://127.0.0.1:1"));

    try (Witnesses witnesses = start(nobody, impatient)) {
      ledger.append(entries(0, 5));
      assertThat(ledger.append(entry(5)).index()).isEqualTo(5);
      await(() -> witnesses.status().getLast().cosignedSize() == 6);
      await(() -> !witnesses.status().getFirst().failure().isEmpty());
    }
    assertThat(witness.answers()).startsWith(500, 500);
  }

  @Test
  void aLineOfAnotherWitnessIsRefusedByTheLedger() {
    SigningKey stranger =
        SigningKey.generate("stranger", VerifierKey.Type.COSIGNATURE, new SecureRandom());
    Checkpoint checkpoint = ledger.checkpoint();
    NoteSignature line = stranger.cosign(checkpoint.note().text(), Instant.ofEpochSecond(1));

    assertThatThrownBy(() -> ledger.addCosignatures(checkpoint, List.of(line)))
        .hasMessageContaining("known key");
  }

  @Test
  void aConfigurationThatCannotWorkIsRefused() {
    String logKey = folder.key().verifierKey().vkey();
    String vkey = witness.key().vkey();

    assertThatThrownBy(() -> new WitnessConfig("w", logKey, URI.create("http://x")))
        .hasMessageContaining("0x04");
    assertThatThrownBy(() -> new WitnessConfig("w", "nonsense", URI.create("http://x")))
        .hasMessageContaining("vkey");
    assertThatThrownBy(() -> new WitnessConfig("w", vkey, URI.create("file:///x")))
        .hasMessageContaining("http");
  }

  private Witnesses start(WitnessConfig... configs) {
    return Witnesses.start(ledger, List.of(configs));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      Thread.sleep(2);
    }
  }
}
