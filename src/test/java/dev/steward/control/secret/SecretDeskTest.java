// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.access.Actor;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.file.AesGcmSecrets;
import dev.steward.store.file.SecretsKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretDeskTest {
  private static final String VALUE = "sk-canary-4f1c0d";

  @TempDir Path folder;
  private ControlFixture fixture;
  private AesGcmSecrets store;
  private SecretDesk desk;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.DANA);
    store =
        AesGcmSecrets.open(
            folder.resolve("secrets.json"),
            new SecretsKey(folder.resolve("secrets.key"), Optional.empty()),
            fixture::now,
            new SecureRandom());
    desk = new SecretDesk(fixture.control(), store);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theLedgerSaysWhoChangedWhichAndNothingOfTheValue() {
    desk.set("openai-key", Secret.of(VALUE), Actor.SYSTEM);
    desk.delete("openai-key", Actor.SYSTEM);

    assertThat(entry(2)).contains("SecretSet", "openai-key", "steward").doesNotContain(VALUE);
    assertThat(entry(1)).contains("SecretDeleted", "openai-key").doesNotContain(VALUE);
    assertThat(store.get("openai-key")).isEmpty();
  }

  @Test
  void whoMayNotChangesNothing() {
    Actor dana = Actor.person(fixture.state().person("dana@example.com").orElseThrow().id());

    assertThatThrownBy(() -> desk.set("openai-key", Secret.of(VALUE), dana))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThatThrownBy(() -> desk.delete("nothing", dana))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
    assertThat(desk.list()).isEmpty();
  }

  @Test
  void withoutARecordThereIsNoChange() {
    fixture.control().close();

    assertThatThrownBy(() -> desk.set("openai-key", Secret.of(VALUE), Actor.SYSTEM))
        .isInstanceOf(ApiException.class);
    assertThat(desk.list()).isEmpty();
  }

  @Test
  void theEnvironmentPresetsAndReplacesItsOwnButNoPersons() {
    desk.preset(Map.of("STEWARD_SECRET_OPENAI_KEY", "first", "HOME", "/root"));
    desk.preset(Map.of("STEWARD_SECRET_OPENAI_KEY", "second"));
    long size = fixture.ledger.size();
    desk.preset(Map.of("STEWARD_SECRET_OPENAI_KEY", "second"));

    assertThat(fixture.ledger.size()).as("the same again changes nothing").isEqualTo(size);
    assertThat(store.get("openai-key").orElseThrow().reveal()).isEqualTo("second");
    assertThat(desk.find("openai-key").orElseThrow().origin())
        .isEqualTo(SecretEntry.Origin.ENVIRONMENT);

    desk.set("openai-key", Secret.of("third"), Actor.SYSTEM);
    desk.preset(Map.of("STEWARD_SECRET_OPENAI_KEY", "second"));
    assertThat(store.get("openai-key").orElseThrow().reveal()).isEqualTo("third");
  }

  @Test
  void aVariableThatPresetsNothingStopsTheStart() {
    assertThatThrownBy(() -> desk.preset(Map.of("STEWARD_SECRET_OPENAI_KEY", " ")))
        .hasMessageContaining("STEWARD_SECRET_OPENAI_KEY presets no secret: it is empty");
    assertThatThrownBy(() -> desk.preset(Map.of("STEWARD_SECRET_", VALUE)))
        .hasMessageContaining("presets no secret")
        .hasMessageNotContaining(VALUE);
  }

  private String entry(int fromTheEnd) {
    return new String(
        fixture.ledger.entry(fixture.ledger.size() - fromTheEnd), StandardCharsets.UTF_8);
  }
}
