// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Reference;
import dev.steward.server.TestServer;
import dev.steward.server.http.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiReferenceTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void thePageIsWhatTheRoutesSay() {
    Reference.check("docs/reference/api.md", ApiPage.markdown(server.steward().routes()));
  }

  @Test
  void theDocumentHasExactlyTheRoutesOfTheApi() {
    JsonNode paths = server.json("/api/v1/openapi.json").get("paths");
    TreeSet<String> documented = new TreeSet<>();
    paths.forEachEntry(
        (path, methods) -> methods.propertyNames().forEach(m -> documented.add(m + " " + path)));

    List<String> served =
        server.steward().routes().stream()
            .filter(r -> r.path().startsWith("/api/v1/"))
            .map(r -> r.method().toLowerCase(Locale.ROOT) + " " + r.path())
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void everyReferenceOfTheDocumentLeadsSomewhere() {
    JsonNode document = server.json("/api/v1/openapi.json");

    List<String> references = document.findValuesAsString("$ref");

    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
  }

  @Test
  void everyOperationHasANameOfItsOwnAndAWord() {
    JsonNode document = server.json("/api/v1/openapi.json");

    assertThat(document.findValuesAsString("operationId")).doesNotHaveDuplicates();
    assertThat(server.steward().routes().stream().filter(Route::documented).map(Route::about))
        .allMatch(about -> about.endsWith("."));
  }
}
