// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import dev.steward.domain.Digest;
import dev.steward.domain.rollout.Arm;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.identity.Trial;
import dev.steward.gateway.tool.TaskTerms;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A task with its owner, as it stands in one line of a diary.
///
/// @param id that the server gave it
/// @param client who began it
/// @param until it is forgotten
record OwnedTask(String id, String client, TaskTerms terms, Instant until) {
  private static final JsonMapper JSON = JsonMapper.shared();

  String line() {
    ObjectNode line = JSON.createObjectNode();
    line.put("task", id);
    line.put("client", client);
    line.put("until", until.toString());
    line.put("server", terms.server());
    line.put("tool", terms.tool());
    line.put("pin", terms.pin().hex());
    terms.redact().forEach(line.putArray("redact")::add);
    line.put("promised", terms.promised());
    terms
        .tried()
        .ifPresent(tried ->
            line.putObject("tried")
                .put("release", tried.trial().release())
                .put("arm", tried.trial().arm().name())
                .put("version", tried.version().hex()));
    terms
        .shadow()
        .ifPresent(shadow ->
            line.putObject("shadow")
                .put("release", shadow.release())
                .put("run", shadow.run())
                .put("trace", shadow.traceId()));
    return line.toString();
  }

  /// Empty for a line that was cut off.
  static Optional<OwnedTask> read(String text) {
    try {
      JsonNode line = JSON.readTree(text);
      List<String> redact = new ArrayList<>();
      line.path("redact").forEach(field -> redact.add(field.asString("")));
      return Optional.of(
          new OwnedTask(
              line.path("task").asString(""),
              line.path("client").asString(""),
              new TaskTerms(
                  line.path("server").asString(""),
                  line.path("tool").asString(""),
                  new Digest(line.path("pin").asString("")),
                  redact,
                  line.path("promised").asBoolean(true),
                  tried(line.path("tried")),
                  shadow(line.path("shadow"))),
              Instant.parse(line.path("until").asString(""))));
    } catch (JacksonException | DateTimeParseException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Shadow> shadow(JsonNode shadow) {
    return shadow.isObject()
        ? Optional.of(
            new Shadow(
                shadow.path("release").asString(""),
                shadow.path("run").asString(""),
                shadow.path("trace").asString("")))
        : Optional.empty();
  }

  private static Optional<TaskTerms.Tried> tried(JsonNode tried) {
    return tried.isObject()
        ? Optional.of(
            new TaskTerms.Tried(
                new Trial(
                    tried.path("release").asString(""),
                    Arm.valueOf(tried.path("arm").asString(""))),
                new Digest(tried.path("version").asString(""))))
        : Optional.empty();
  }
}
