// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final SigningKey KEY =
      SigningKey.generate("steward.local/log/control", new SecureRandom());

  @Test
  void itsTextIsOriginSizeAndRoot() throws NoteException {
    Checkpoint checkpoint = Checkpoint.sign(KEY, 0, Digest.of(""));

    assertThat(checkpoint.note().text()).isEqualTo("steward.local/log/control\n0\n" + ROOT + "\n");
    assertThat(checkpoint.note().verify(List.of(KEY.verifierKey()))).hasSize(1);
  }

  @Test
  void itIsReadAsItWasWritten() throws NoteException {
    Checkpoint checkpoint = Checkpoint.sign(KEY, 42, Digest.of("root"));
    Checkpoint read = Checkpoint.parse(checkpoint.encode());

    assertThat(read.size()).isEqualTo(42);
    assertThat(read.root()).isEqualTo(Digest.of("root"));
    assertThat(read.origin()).isEqualTo(KEY.name());
    assertThat(read.encode()).isEqualTo(checkpoint.encode());
  }

  @Test
  void extensionLinesAreKept() throws NoteException {
    Checkpoint read = Checkpoint.parse(note("origin\n7\n" + ROOT + "\nmore\n"));

    assertThat(read.extensions()).containsExactly("more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "origin\n7\n",
        "origin\n07\n" + ROOT + "\n",
        "origin\n-1\n" + ROOT + "\n",
        "origin\n+1\n" + ROOT + "\n",
        "origin\n99999999999999999999\n" + ROOT + "\n",
        "origin\n7\nAAAA\n",
        "\n7\n" + ROOT + "\n",
        "origin\n7\n" + ROOT + "\n\nmore\n"
      })
  void whatIsNoCheckpointIsRefused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(note(text))).isInstanceOf(NoteException.class);
  }

  private static byte[] note(String text) {
    return (text + "\n" + KEY.sign(text).line() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
