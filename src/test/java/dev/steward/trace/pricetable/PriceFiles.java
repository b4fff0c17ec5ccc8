// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The public price tables beside the project.
final class PriceFiles {
  private static final Path FOLDER = Path.of("../shared/data/prices");
  private static final String GENAI = "genai_prices_2026-08-21.json";
  private static final String LITELLM = "litellm_model_prices_2025-09-01.json";

  private PriceFiles() {}

  static PriceTables.Table genai() throws IOException {
    return PriceTables.read(GENAI, Files.readAllBytes(existing(GENAI)));
  }

  static PriceTables.Table litellm() throws IOException {
    return PriceTables.read(LITELLM, Files.readAllBytes(existing(LITELLM)));
  }

  static Stream<String> oracle() throws IOException {
    return Files.readAllLines(existing("usage_cost_oracle.jsonl")).stream();
  }

  private static Path existing(String name) {
    Path file = FOLDER.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "skipped: ../shared/data is missing");
    return file;
  }
}
