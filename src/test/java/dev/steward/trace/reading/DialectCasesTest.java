// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.trace.content.CanonicalJson;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Span;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The cases of `cases/dialects`: what a span of each dialect is in our form. A case names only
/// what it is about.
class DialectCasesTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Stream<Named<JsonNode>> cases() throws IOException, URISyntaxException {
    URI folder = DialectCasesTest.class.getResource("/cases/dialects").toURI();
    List<Named<JsonNode>> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        for (JsonNode one : new YAMLMapper().readTree(Files.readAllBytes(file))) {
          cases.add(Named.of(file.getFileName() + ": " + one.path("description").asString(), one));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isReadAsTheCaseSays(JsonNode one) {
    Facts facts = Fixtures.read(one);
    assertThat(facts.unreadable()).isEmpty();
    assertThat(facts.spans()).hasSize(1);
    JsonNode actual = JSON.readTree(JSON.writeValueAsString(shown(facts)));
    for (Map.Entry<String, JsonNode> want : one.path("want").properties()) {
      assertThat(actual.has(want.getKey())).as("a case cannot want " + want.getKey()).isTrue();
      assertThat(CanonicalJson.write(plain(actual.get(want.getKey()))))
          .as(want.getKey())
          .isEqualTo(CanonicalJson.write(plain(want.getValue())));
    }
  }

  private static JsonNode plain(JsonNode node) {
    return node.isNumber() ? JsonNodeFactory.instance.stringNode(node.asString()) : node;
  }

  private static ObjectNode shown(Facts facts) {
    Span span = facts.spans().getFirst();
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("kind", span.kind().name());
    shown.put("dialect", span.raw().dialect());
    shown.put("status", span.status().name());
    shown.put("error", span.error());
    showModel(span, shown);
    showUsage(span, shown);
    shown.put("agent", span.origin().agent());
    shown.put("version", span.origin().version());
    shown.put("environment", span.origin().environment());
    shown.put("workflow", span.origin().workflow());
    shown.put("task", span.origin().task());
    shown.put("run", span.origin().run());
    shown.put("conversation", span.origin().conversation());
    shown.put("user", span.origin().user());
    shown.put("service", span.origin().service());
    shown.put("tool", span.tool() == null ? null : span.tool().name());
    shown.put("callId", span.tool() == null ? null : span.tool().callId());
    shown.put("server", span.tool() == null ? null : span.tool().server());
    shown.set("input", messages(span.content().input()));
    shown.set("output", messages(span.content().output()));
    shown.set("instructions", body(span.content().instructions()));
    shown.set("tools", body(span.content().tools()));
    shown.set("arguments", body(span.content().arguments()));
    shown.set("result", body(span.content().result()));
    shown.set("documents", body(span.content().documents()));
    shown.put("blobs", span.content().blobs().size());
    ArrayNode raw = shown.putArray("raw");
    JSON.readTree(span.raw().attributesJson()).propertyNames().stream().sorted().forEach(raw::add);
    ArrayNode evaluations = shown.putArray("evaluations");
    for (Evaluation evaluation : facts.evaluations()) {
      evaluations.add(
          "%s %s %s %s"
              .formatted(
                  evaluation.name(),
                  evaluation.label(),
                  evaluation.score(),
                  evaluation.outcome() ? "outcome" : "aspect"));
    }
    return shown;
  }

  private static void showModel(Span span, ObjectNode shown) {
    ModelFacts none = new ModelFacts(null, null, null, null, List.of(), "null", null);
    ModelFacts model = span.model() == null ? none : span.model();
    shown.put("provider", model.provider());
    shown.put("requestModel", model.requestModel());
    shown.put("responseModel", model.responseModel());
    shown.put("responseId", model.responseId());
    shown.put("finish", String.join(",", model.finishReasons()));
    shown.put(
        "firstChunk",
        model.firstChunkSeconds() == null ? null : model.firstChunkSeconds().toString());
    shown.set("parameters", JSON.readTree(model.parametersJson()));
  }

  private static void showUsage(Span span, ObjectNode shown) {
    shown.put(
        "tokens",
        span.usage() == null
            ? "unknown"
            : "in %s out %s read %d write %d reasoning %d"
                .formatted(
                    span.usage().input(),
                    span.usage().output(),
                    span.usage().cacheRead(),
                    span.usage().cacheWrite(),
                    span.usage().reasoning()));
    shown.put("tier", span.usage() == null ? null : span.usage().serviceTier());
    shown.put(
        "cost",
        switch (span.cost()) {
          case null -> "none";
          case Cost.Known known -> known.source() + " " + known.amount().toPlainString();
          case Cost.Unknown unknown -> unknown.reason();
        });
  }

  private static ArrayNode messages(List<Message> messages) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    messages.forEach(message -> list.add(JSON.readTree(message.json())));
    return list;
  }

  private static @Nullable JsonNode body(@Nullable Message body) {
    return body == null ? null : JSON.readTree(body.json());
  }
}
