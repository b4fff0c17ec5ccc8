// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.server.setting.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  @TempDir Path folder;

  @Test
  void toldNothingEverythingHasItsDefault() {
    ServerConfig config = ServerConfig.defaults();

    assertThat(config.data()).isEqualTo(Path.of("steward-data"));
    assertThat(config.http().bind()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(7070);
    assertThat(config.http().tls()).isFalse();
    assertThat(config.otlp().httpPort()).isEqualTo(4318);
    assertThat(config.otlp().grpcPort()).isEqualTo(4317);
    assertThat(config.otlp().requestLimit()).isEqualTo(new DataSize(64 << 20));
    assertThat(config.ingest().requireKey()).isFalse();
    assertThat(config.runs().abandonedAfter()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.ledger().witnesses()).isEmpty();
  }

  @Test
  void theFileIsReadIntoTypes() throws IOException {
    ServerConfig config =
        load(
            """
            data: /var/lib/steward
            http:
              port: 0
              hosts: [steward.example.com, agents.example.com]
            otlp:
              request-limit: 8MiB
            ingest:
              require-key: true
            runs:
              abandoned-after: 90s
            """);

    assertThat(config.data()).isEqualTo(Path.of("/var/lib/steward"));
    assertThat(config.http().port()).isZero();
    assertThat(config.http().hosts())
        .isEqualTo(List.of("steward.example.com", "agents.example.com"));
    assertThat(config.otlp().requestLimit()).isEqualTo(new DataSize(8 << 20));
    assertThat(config.ingest().requireKey()).isTrue();
    assertThat(config.runs().abandonedAfter()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void environmentOverridesFileAndCommandLineOverridesBoth() throws IOException {
    Path file =
        Files.writeString(folder.resolve("s.yaml"), "http: {port: 1}\notlp: {grpc-port: 1}\n");

    ServerConfig config =
        ConfigReader.load(
            file,
            Map.of("STEWARD_HTTP_PORT", "2", "STEWARD_OTLP_GRPC_PORT", "2", "STEWARD_TOKEN", "t"),
            Map.of("otlp.grpc-port", "3"));

    assertThat(config.http().port()).isEqualTo(2);
    assertThat(config.otlp().grpcPort()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "ingest.require-keys, ingest.require-key",
    "retention.hotdays, retention.hot-days",
    "htp.port, http.port",
    "legder.x, ledger.",
    "runs.abandonedAfter, runs.abandoned-after"
  })
  void anUnknownKeyStopsTheStartAndNamesTheNearest(String wrong, String right) {
    assertThatThrownBy(() -> ConfigReader.read(Map.of(wrong, "1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining("the nearest is " + right);
  }

  @Test
  void anUnknownVariableOfOurSectionsStopsTheStart() {
    Map<String, String> environment = Map.of("STEWARD_INGEST_REQUIREKEY", "true");

    assertThatThrownBy(() -> ConfigReader.load(null, environment, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("STEWARD_INGEST_REQUIRE_KEY");
  }

  @Test
  void aRetiredKeySaysWhatToWriteInstead() {
    KnownKeys keys = new KnownKeys(ConfigKey.all(), Map.of("store.ram", "store.memory"));

    assertThatThrownBy(() -> keys.check(List.of("store.ram")))
        .hasMessage("store.ram is no longer a key: write store.memory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "http.port | 70000 | http.port is 70000",
        "http.port | many | 'many' is not a whole number",
        "ingest.require-key | yes | neither true nor false",
        "otlp.request-limit | 64MB | not a size such as 64MiB",
        "otlp.request-limit | 1GiB | otlp.memory is smaller",
        "runs.abandoned-after | 10 minutes | not a duration such as 30s",
        "retention.days | 1 | is smaller than retention.hot-days",
        "http.tls-cert | cert.pem | go together",
        "ledger.witnesses | https://w.example.com | is not `URL NAME+HASH+KEY`",
      })
  void aWrongValueNamesItsKey(String key, String value, String complaint) {
    assertThatThrownBy(() -> ConfigReader.read(Map.of(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(complaint);
  }

  @Test
  void anOpenBindWithoutTlsIsRefusedWithWhatItRisks() {
    assertThatThrownBy(() -> ConfigReader.read(Map.of("http.bind", "0.0.0.0")))
        .hasMessageContaining("TLS is off")
        .hasMessageContaining("readable by anyone on the way")
        .hasMessageContaining("--insecure-bind");
  }

  @Test
  void anOpenBindIsTakenWhenItsRiskIs() {
    ServerConfig config =
        ConfigReader.read(Map.of("http.bind", "0.0.0.0", "http.insecure-bind", "true"));

    assertThat(config.http().bind()).isEqualTo("0.0.0.0");
  }

  @Test
  void brokenYamlNamesFileAndLine() {
    assertThatThrownBy(() -> load("http:\n  port: 1\n bad: [\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("steward.yaml line 3");
  }

  @Test
  void aKeyWrittenTwiceIsRefused() {
    assertThatThrownBy(() -> load("http:\n  port: 1\n  port: 2\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("port");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ConfigReader.load(folder.resolve("no.yaml"), Map.of(), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.yaml");
  }

  private ServerConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("steward.yaml"), yaml);
    return ConfigReader.load(file, Map.of(), Map.of());
  }
}
