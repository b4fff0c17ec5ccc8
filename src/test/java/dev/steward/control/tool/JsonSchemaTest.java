// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonSchemaTest {
  private static final Path TRUTH = Path.of("../shared/data/agentdojo/ground_truth.json");

  @Test
  void saysWhatDoesNotFitAndWhere() {
    JsonSchema schema =
        JsonSchema.of(
            """
            {"type":"object","properties":{"amount":{"type":"number","maximum":10},"to":{"type":"string"}},
             "required":["to"],"additionalProperties":false}\
            """);

    assertThat(problems(schema, "{\"to\":\"a\",\"amount\":3}")).isEmpty();
    assertThat(problems(schema, "{\"to\":\"a\",\"amount\":11}"))
        .singleElement()
        .asString()
        .startsWith("/amount");
    assertThat(problems(schema, "{\"amount\":\"3\"}")).hasSize(2);
    assertThat(problems(schema, "{\"to\":\"a\",\"acount\":1}"))
        .singleElement()
        .asString()
        .contains("acount");
  }

  @Test
  void noSchemaTakesEverything() {
    assertThat(problems(JsonSchema.of("{}"), "{\"a\":[1]}")).isEmpty();
  }

  @Test
  void olderDraftsAreReadAsSuch() {
    JsonSchema schema =
        JsonSchema.of(
            """
            {"$schema":"http://json-schema.org/draft-07/schema#","type":"object",
             "properties":{"pair":{"type":"array","items":[{"type":"string"},{"type":"number"}]}}}\
            """);

    assertThat(schema.trouble()).isEmpty();
    assertThat(problems(schema, "{\"pair\":[\"a\",1]}")).isEmpty();
    assertThat(problems(schema, "{\"pair\":[1,1]}")).hasSize(1);
  }

  @Test
  void nothingOutsideOfItIsFetched() {
    for (String json :
        List.of(
            "{\"$ref\":\"http://127.0.0.1:9/x.json\"}",
            "{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}",
            "{\"$schema\":\"http://127.0.0.1:9/meta\",\"type\":\"object\"}",
            "{\"$id\":\"http://127.0.0.1:9/a\",\"properties\":{\"a\":{\"$ref\":\"b.json\"}}}")) {
      assertThat(problems(JsonSchema.of(json), "{\"a\":1}")).as(json).isNotEmpty();
    }
  }

  @Test
  void aReferenceToItselfIsFollowed() {
    JsonSchema tree =
        JsonSchema.of(
            """
            {"type":"object","properties":{"name":{"type":"string"},"kids":{"type":"array","items":{"$ref":"#"}}}}\
            """);

    assertThat(problems(tree, "{\"name\":\"a\",\"kids\":[{\"name\":\"b\"}]}")).isEmpty();
    assertThat(problems(tree, "{\"name\":\"a\",\"kids\":[{\"name\":1}]}"))
        .singleElement()
        .asString()
        .startsWith("/kids/0/name");
  }

  @Test
  void referencesInACircleAndEndlessPatternsEnd() {
    assertThat(
            problems(
                JsonSchema.of(
                    "{\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}},\"$ref\":\"#/$defs/a\"}"),
                "{}"))
        .isNotEmpty();
    JsonSchema slow =
        JsonSchema.of("{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"^(a+)+$\"}}}");
    assertThat(problems(slow, "{\"a\":\"" + "a".repeat(50_000) + "!\"}")).hasSize(1);
    assertThat(
            problems(
                JsonSchema.of("{\"properties\":{\"a\":{\"pattern\":\"(?=x)y\"}}}"),
                "{\"a\":\"y\"}"))
        .isNotEmpty();
  }

  @Test
  void aSchemaThatIsTooDeepTakesNothing() {
    String deep = "{\"not\":".repeat(100) + "{}" + "}".repeat(100);

    assertThat(JsonSchema.of(deep).trouble()).contains("nested deeper");
    assertThat(problems(JsonSchema.of(deep), "{}")).hasSize(1);
  }

  @Test
  void theToolsAndCallsOfABenchmarkFit() throws IOException {
    Assumptions.assumeTrue(Files.exists(TRUTH), "skipped: ../shared/data is missing");
    int calls = 0;
    for (JsonNode suite :
        CanonicalJson.MAPPER.readTree(Files.readString(TRUTH)).path("suites").values()) {
      for (JsonNode task : suite.path("user_tasks").values()) {
        for (JsonNode call : task.path("calls").values()) {
          calls++;
          JsonSchema schema = JsonSchema.of(schemaOf(suite, call));
          assertThat(schema.trouble()).isEmpty();
          assertThat(schema.problems(call.path("args"))).as(call.toString()).isEmpty();
        }
      }
    }
    assertThat(calls).isEqualTo(339);
  }

  private static String schemaOf(JsonNode suite, JsonNode call) {
    for (JsonNode tool : suite.path("tools").values()) {
      if (tool.path("name").equals(call.path("name"))) {
        return CanonicalJson.text(tool.path("params"));
      }
    }
    throw new IllegalStateException("no tool " + call.path("name"));
  }

  private static List<String> problems(JsonSchema schema, String value) {
    return schema.problems(CanonicalJson.read(value));
  }
}
