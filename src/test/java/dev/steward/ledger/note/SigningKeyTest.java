// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
  private static final String ORIGIN = "steward.local/log/control";
  private final SecureRandom random = new SecureRandom();
  @TempDir private Path folder;

  /// The example of Go's golang.org/x/mod/sumdb/note, which the standard came from.
  @Test
  void theExampleKeyOfTheStandardSignsItsExample() throws NoteException {
    String text =
        """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.
        """;
    SigningKey key =
        SigningKey.parse(
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");

    assertThat(key.verifierKey().vkey())
        .isEqualTo("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    assertThat(key.sign(text).line())
        .isEqualTo(
            "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdn"
                + "gotpRZb6KE6RyyBwJnAM=");
  }

  @Test
  void theKeyFileIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
    Path file = folder.resolve("control.key");
    SigningKey made = SigningKey.open(file, ORIGIN, random);
    SigningKey read = SigningKey.open(file, ORIGIN, random);

    assertThat(read.verifierKey()).isEqualTo(made.verifierKey());
    assertThat(read.encode()).isEqualTo(made.encode());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aKeyOfAnotherLogOrADamagedOneIsRefused() throws IOException {
    Path file = folder.resolve("control.key");
    SigningKey key = SigningKey.open(file, ORIGIN, random);

    assertThatThrownBy(() -> SigningKey.open(file, "other.example/log", random))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(ORIGIN);
    Files.writeString(file, key.encode().substring(0, 60));
    assertThatThrownBy(() -> SigningKey.open(file, ORIGIN, random))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("restore");
  }

  @Test
  void aCosignatureVerifiesOnlyAtItsTime() throws NoteException {
    SigningKey witness =
        SigningKey.generate("witness.example", VerifierKey.Type.COSIGNATURE, random);
    NoteSignature signature = witness.cosign("text\n", Instant.ofEpochSecond(1_700_000_000));
    List<VerifierKey> keys = List.of(VerifierKey.parse(witness.verifierKey().vkey()));
    byte[] later = signature.signature().clone();
    later[7] ^= 1;
    NoteSignature forged = new NoteSignature(signature.name(), signature.keyId(), later);

    assertThat(Cosignature.of(signature).time().getEpochSecond()).isEqualTo(1_700_000_000);
    assertThat(signature.signature()).hasSize(72);
    assertThat(new SignedNote("text\n", List.of(signature)).verify(keys)).hasSize(1);
    assertThatThrownBy(() -> new SignedNote("text\n", List.of(forged)).verify(keys))
        .isInstanceOf(NoteException.class);
  }

  @Test
  void theKnownKeysAreKeptAndALostSigningKeyIsNoticed() throws IOException {
    Path file = folder.resolve("control.vkeys");
    SigningKey key = SigningKey.generate(ORIGIN, random);
    VerifierKey witness =
        SigningKey.generate("witness.example", VerifierKey.Type.COSIGNATURE, random).verifierKey();

    KnownKeys known = KnownKeys.open(file, key).withWitnesses(List.of(witness, witness));
    known.write(file);

    assertThat(KnownKeys.read(file)).isEqualTo(known);
    assertThat(known.witnesses()).containsExactly(witness);
    SigningKey other = SigningKey.generate(ORIGIN, random);
    assertThatThrownBy(() -> KnownKeys.open(file, other)).hasMessageContaining("not among");
    Files.writeString(file, "quorum none\n");
    assertThatThrownBy(() -> KnownKeys.read(file)).hasMessageContaining("name no log");
    Files.writeString(file, "log\n");
    assertThatThrownBy(() -> KnownKeys.read(file)).hasMessageContaining("without a vkey");
  }
}
