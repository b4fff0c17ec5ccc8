// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
  private static final String VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String NOTE =
      "This is an example message.\n\n"
          + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3"
          + "mFXmRKuwHjG1Yu72IneyaQM=\n";

  @Test
  void theNoteOfTheStandardVerifies() throws NoteException {
    SignedNote note = SignedNote.parse(bytes(NOTE));

    assertThat(note.text()).isEqualTo("This is an example message.\n");
    assertThat(note.verify(List.of(VerifierKey.parse(VKEY)))).hasSize(1);
    assertThat(note.encode()).isEqualTo(bytes(NOTE));
    assertThat(VerifierKey.parse(VKEY).vkey()).isEqualTo(VKEY);
    assertThat(VerifierKey.parse(VKEY).keyId()).isEqualTo(0x530d903a);
  }

  @Test
  void anyChangedByteIsCaught() throws NoteException {
    VerifierKey key = VerifierKey.parse(VKEY);
    byte[] bytes = bytes(NOTE);
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> SignedNote.parse(changed).verify(List.of(key)))
            .as("byte %d, bit %d", at, bit)
            .isInstanceOf(NoteException.class);
      }
    }
  }

  @Test
  void theLastEmptyLineSplitsTextAndSignatures() throws NoteException {
    SignedNote note = SignedNote.parse(bytes("a\n\nb\n\n— n AAAAAAE=\n"));

    assertThat(note.text()).isEqualTo("a\n\nb\n");
    assertThat(note.signatures()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text only\n",
        "no signature\n\n",
        "no line feed\n\n— n AAAAAAE=",
        "wrong dash\n\n- n AAAAAAE=\n",
        "too short\n\n— n AAAAAA==\n",
        "no base64\n\n— n !!!!!!!!\n",
        "loose bits\n\n— n AAAAAAF=\n",
        "two spaces\n\n—  AAAAAAE=\n",
        "plus\n\n— n+n AAAAAAE=\n",
        "control\tcharacter\n\n— n AAAAAAE=\n",
        "carriage return\r\n\n— n AAAAAAE=\n"
      })
  void whatIsNoNoteIsRefused(String note) {
    assertThatThrownBy(() -> SignedNote.parse(bytes(note))).isInstanceOf(NoteException.class);
  }

  @Test
  void signaturesOfOtherKeysAreIgnoredButOneOfOursIsNeeded() throws NoteException {
    VerifierKey key = VerifierKey.parse(VKEY);
    SignedNote note = SignedNote.parse(bytes(NOTE + "— other.example AAAAAAE=\n"));

    assertThat(note.verify(List.of(key))).containsExactly(key);
    assertThatThrownBy(() -> SignedNote.parse(bytes("a\n\n— n AAAAAAE=\n")).verify(List.of(key)))
        .hasMessageContaining("known key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com/foo",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm",
        "++"
      })
  void whatIsNoVkeyIsRefused(String vkey) {
    assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(NoteException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
