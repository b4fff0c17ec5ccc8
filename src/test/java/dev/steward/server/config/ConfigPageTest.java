// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPageTest {
  @TempDir Path folder;

  @Test
  void thePageIsWhatTheRecordsSay() {
    Reference.check("docs/reference/configuration.md", ConfigPage.markdown());
  }

  @Test
  void theExampleIsWhatTheRecordsSay() {
    Reference.check("docs/reference/steward.example.yaml", ConfigPage.example());
  }

  @Test
  void theExampleMeansTheDefaults() throws Exception {
    Path file = Files.writeString(folder.resolve("example.yaml"), ConfigPage.example());

    assertThat(ConfigReader.load(file, Map.of(), Map.of())).isEqualTo(ServerConfig.defaults());
  }
}
