// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretEntry;
import dev.steward.domain.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AesGcmSecretsTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
  private static final String VALUE = "sk-canary-4f1c0d";

  @TempDir Path folder;
  private Path file;
  private Path keyFile;

  @BeforeEach
  void name() {
    file = folder.resolve("secrets.json");
    keyFile = folder.resolve("keys/secrets.key");
  }

  @Test
  void givesWhatWasPutAlsoAfterARestart() {
    open().put("openai-key", Secret.of(VALUE + "\n"), SecretEntry.Origin.PERSON);

    AesGcmSecrets again = open();
    assertThat(again.get("openai-key").orElseThrow().reveal()).isEqualTo(VALUE);
    assertThat(again.list())
        .containsExactly(new SecretEntry("openai-key", AT, SecretEntry.Origin.PERSON));
    assertThat(again.get("other")).isEmpty();
  }

  @Test
  void aNewValueIsSeenAtOnceAndADeletedOneIsGone() {
    AesGcmSecrets secrets = open();
    secrets.put("openai-key", Secret.of("old"), SecretEntry.Origin.PERSON);
    secrets.put("openai-key", Secret.of("new"), SecretEntry.Origin.PERSON);

    assertThat(secrets.get("openai-key").orElseThrow().reveal()).isEqualTo("new");
    assertThat(secrets.delete("openai-key")).isTrue();
    assertThat(secrets.delete("openai-key")).isFalse();
    assertThat(open().get("openai-key")).isEmpty();
  }

  @Test
  void nothingIsMadeBeforeTheFirstSecret() {
    open();

    assertThat(file).doesNotExist();
    assertThat(keyFile).doesNotExist();
  }

  @Test
  void theValueIsNowhereInTheClearAndBothFilesAreTheOwnersAlone() throws IOException {
    AesGcmSecrets secrets = open();
    secrets.put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);

    String written = Files.readString(file);
    assertThat(written)
        .doesNotContain(VALUE)
        .doesNotContain(Base64.getEncoder().encodeToString(VALUE.getBytes(StandardCharsets.UTF_8)));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
    assertThat(secrets.toString() + secrets.get("openai-key") + secrets.list())
        .doesNotContain(VALUE);
  }

  @Test
  void aWrongKeySaysWhereAndWhatToDo() throws IOException {
    open().put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);
    Files.writeString(keyFile, Base64.getEncoder().encodeToString(new byte[32]));

    assertThatThrownBy(this::open)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(keyFile.toString())
        .hasMessageContaining("does not open the secrets in " + file)
        .hasMessageContaining("give the key that they were sealed with")
        .hasMessageNotContaining(VALUE);
  }

  @Test
  void aLostKeyIsNotReplacedByANewOne() throws IOException {
    open().put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);
    Files.delete(keyFile);

    assertThatThrownBy(this::open).hasMessageContaining("is gone from " + keyFile);
    assertThat(keyFile).doesNotExist();
  }

  @Test
  void theKeyMayComeFromTheEnvironment() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    String variable = Base64.getEncoder().encodeToString(key);
    open(Optional.of(variable)).put("openai-key", Secret.of(VALUE), SecretEntry.Origin.ENVIRONMENT);

    assertThat(open(Optional.of(variable)).get("openai-key").orElseThrow().reveal())
        .isEqualTo(VALUE);
    assertThat(keyFile).doesNotExist();
    assertThatThrownBy(() -> open(Optional.of("no!key")))
        .hasMessageContaining("the variable STEWARD_SECRETS_KEY is none: it is not base64")
        .hasMessageNotContaining("no!key");
    assertThatThrownBy(() -> open(Optional.of("AAAA"))).hasMessageContaining("it has 3 bytes");
  }

  @Test
  void aSecretUnderAnotherNameDoesNotOpen() throws IOException {
    open().put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);
    Files.writeString(file, Files.readString(file).replace("openai-key", "mailer-key"));

    assertThatThrownBy(this::open).hasMessageContaining("the secret mailer-key was changed");
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    open().put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.UTF_8);
    int from = text.indexOf("\"sealed\":\"") + "\"sealed\":\"".length();
    for (int i = from; i < text.indexOf('"', from) - 2; i++) {
      byte[] flipped = whole.clone();
      flipped[i] = (byte) (flipped[i] == 'A' ? 'B' : 'A');
      Files.write(file, flipped);
      assertThatThrownBy(this::open).as("byte %d", i).isInstanceOf(ApiException.class);
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(this::open).hasMessageContaining("it cannot be read");
  }

  @Test
  void aDraftLeftByACrashIsNotRead() throws IOException {
    open().put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON);
    Files.writeString(folder.resolve("secrets.json.draft"), "{\"form\":1,\"che");

    AesGcmSecrets again = open();
    assertThat(again.get("openai-key").orElseThrow().reveal()).isEqualTo(VALUE);
    again.put("openai-key", Secret.of("new"), SecretEntry.Origin.PERSON);
    assertThat(open().get("openai-key").orElseThrow().reveal()).isEqualTo("new");
    assertThat(folder.resolve("secrets.json.draft")).doesNotExist();
  }

  @Test
  void whatCannotBeWrittenChangesNothing() throws IOException {
    AesGcmSecrets secrets = open();
    secrets.put("openai-key", Secret.of("old"), SecretEntry.Origin.PERSON);
    Files.createDirectory(folder.resolve("secrets.json.draft"));

    assertThatThrownBy(() -> secrets.put("openai-key", Secret.of(VALUE), SecretEntry.Origin.PERSON))
        .hasMessageContaining("nothing was changed")
        .hasMessageNotContaining(VALUE);
    assertThat(secrets.get("openai-key").orElseThrow().reveal()).isEqualTo("old");
    assertThat(open().get("openai-key").orElseThrow().reveal()).isEqualTo("old");
  }

  @Test
  void anEmptySecretIsNone() {
    assertThatThrownBy(() -> Secret.of(" \n")).hasMessageContaining("the secret is empty");
  }

  private AesGcmSecrets open() {
    return open(Optional.empty());
  }

  private AesGcmSecrets open(Optional<String> variable) {
    InstantSource clock = InstantSource.fixed(AT);
    return AesGcmSecrets.open(file, new SecretsKey(keyFile, variable), clock, new SecureRandom());
  }
}
