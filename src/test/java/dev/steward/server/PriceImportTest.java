// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.domain.resource.Price;
import dev.steward.server.recorded.RecordedFiles;
import dev.steward.trace.pricetable.PriceTables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The two public price tables, on their way into the registry.
class PriceImportTest {
  private static final String GENAI = "prices/genai_prices_2026-08-21.json";
  private static final String LITELLM = "prices/litellm_model_prices_2025-09-01.json";

  @ParameterizedTest
  @ValueSource(strings = {GENAI, LITELLM})
  void everyPriceIsWrittenSoThatItReadsAsTheSame(String name) throws Exception {
    List<Price> prices = table(name).prices();
    String yaml = prices.stream().map(Manifests::yaml).collect(Collectors.joining("\n---\n"));

    Manifest read = Manifests.read(List.of(new ManifestFile(name, yaml)));

    assertThat(read.problems()).isEmpty();
    assertThat(read.declarations()).hasSameSizeAs(prices);
    for (int i = 0; i < prices.size(); i++) {
      assertThat(read.declarations().get(i).resource()).isEqualTo(prices.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {GENAI, LITELLM})
  void importDeclaresEveryPriceOfTheTable(String name, @TempDir Path folder) throws Exception {
    PriceTables.Table table = table(name);
    Path file = RecordedFiles.existing(name);
    try (TestServer server = TestServer.open(folder)) {
      String said = steward(server, "import", "prices", file.toString());

      assertThat(said)
          .contains(
              table.prices().size()
                  + " prices of a "
                  + table.form()
                  + " table declared, "
                  + table.skipped().size()
                  + " left out");
      Map<String, JsonNode> declared = declared(server);
      assertThat(declared).hasSameSizeAs(table.prices());
      for (Price price : table.prices()) {
        assertThat(declared.get(price.name())).isEqualTo(wire(price));
      }
    }
  }

  /// Runs the command as the program would; it must end well.
  private static String steward(TestServer server, String... words) {
    StringWriter out = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine commands = Main.commandsFor(words);
    commands.setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
    String[] arguments =
        Stream.concat(
                Arrays.stream(words),
                Stream.of("--server", server.steward().address(), "--token", server.token()))
            .toArray(String[]::new);
    int code = commands.execute(arguments);
    assertThat(code).as(out + "" + errors).isZero();
    return out.toString();
  }

  /// All prices of the registry by name.
  private static Map<String, JsonNode> declared(TestServer server) {
    Map<String, JsonNode> all = new HashMap<>();
    String cursor = "";
    do {
      JsonNode page = server.json("/api/v1/resources/prices?limit=500" + cursor);
      page.get("items").forEach(p -> all.put(p.at("/metadata/name").stringValue(), p));
      String next = page.get("next").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty());
    return all;
  }

  private static JsonNode wire(Price price) {
    return JsonMapper.shared().readTree(Manifests.show(price).toString());
  }

  private static PriceTables.Table table(String name) throws Exception {
    return PriceTables.read(name, Files.readAllBytes(RecordedFiles.existing(name)));
  }
}
