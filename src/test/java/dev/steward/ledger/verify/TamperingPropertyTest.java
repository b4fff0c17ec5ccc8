// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.verify;

import static dev.steward.ledger.LedgerFolder.SIGN_AT_ONCE;
import static dev.steward.ledger.LedgerFolder.entries;
import static dev.steward.ledger.LedgerFolder.entryWith;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.ApiException;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.LedgerFolder;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.storage.BrokenLedgerException;
import dev.steward.ledger.verify.VerifyResult.Broken;
import dev.steward.ledger.verify.VerifyResult.Verified;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever is changed in a ledger's file, wherever, the verifier says so.
class TamperingPropertyTest {
  private static Path folder = Path.of("");
  private static LedgerFolder original = new LedgerFolder(folder);
  private static VerifyResult whole = new Broken(-1, "", "");

  @BeforeContainer
  static void writeALedger() throws Exception {
    folder = Files.createTempDirectory("tampering");
    SigningKey witness =
        SigningKey.generate("witness.example", VerifierKey.Type.COSIGNATURE, new SecureRandom());
    original = new LedgerFolder(folder, witness.verifierKey());
    try (Ledger ledger = original.open(SIGN_AT_ONCE)) {
      for (int size : new int[] {1, 100, 256, 300, 530}) {
        ledger.append(entryWith("a body of " + size, "shared"));
        ledger.append(entries((int) ledger.size(), size - (int) ledger.size()));
        Checkpoint checkpoint =
            ledger.awaitCheckpoint(ledger.size(), Duration.ofSeconds(20)).orElseThrow();
        Instant time = Instant.ofEpochSecond(1_700_000_000 + size);
        ledger.addCosignatures(checkpoint, List.of(witness.cosign(checkpoint.note().text(), time)));
      }
    }
    whole = original.verify();
    assertThat(whole).isInstanceOf(Verified.class);
  }

  @AfterContainer
  static void removeIt() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 500)
  void everyChangeOfARowIsCaught(
      @ForAll Tampering tampering,
      @ForAll @IntRange(min = 0, max = 1000) int where,
      @ForAll @IntRange(min = 0, max = 70_000) int bit)
      throws IOException, SQLException {
    LedgerFolder copy = copy();
    String done = tampering.apply(copy, where, bit);
    Assume.that(!done.isEmpty());

    assertThat(copy.verify()).as(done).isInstanceOf(Broken.class);
  }

  /// SQLite's file has bytes that mean nothing, such as free space and counters: a change there may
  /// pass, but then the ledger's content is the same to the last byte.
  @Property(tries = 300)
  void anyByteOfTheFileIsCaughtOrChangesNothing(
      @ForAll @IntRange(min = 0, max = Integer.MAX_VALUE) int where,
      @ForAll @IntRange(min = 0, max = 7) int bit)
      throws IOException {
    LedgerFolder copy = copy();
    byte[] bytes = Files.readAllBytes(copy.file());
    bytes[where % bytes.length] ^= (byte) (1 << bit);
    Files.write(copy.file(), bytes);

    try {
      VerifyResult result = copy.verify();
      if (result instanceof Verified) {
        assertThat(result).isEqualTo(whole);
      }
    } catch (BrokenLedgerException | ApiException e) {
      assertThat(e).hasMessageContaining(copy.file().toString());
    }
  }

  private static LedgerFolder copy() throws IOException {
    Path copy = folder.resolve("copy.db");
    for (String end : List.of("", "-wal", "-shm", "-journal")) {
      Files.deleteIfExists(folder.resolve("copy.db" + end));
    }
    Files.copy(original.file(), copy, StandardCopyOption.REPLACE_EXISTING);
    return original.in(copy);
  }
}
