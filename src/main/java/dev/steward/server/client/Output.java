// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// How an answer is written: a table for people, the API's own JSON or YAML for programs.
public final class Output {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final YAMLMapper YAML = new YAMLMapper();

  /// The words that `-o` takes.
  public enum Form {
    table,
    json,
    yaml
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})")
  private Form form = Form.table;

  /// Writes the answer, by the given table where a person reads it.
  public void write(PrintWriter out, JsonNode answer, Function<JsonNode, String> asTable) {
    switch (form) {
      case table -> out.print(asTable.apply(answer));
      case json -> out.println(JSON.writeValueAsString(answer));
      case yaml -> out.print(YAML.writeValueAsString(answer));
    }
    out.flush();
  }
}
