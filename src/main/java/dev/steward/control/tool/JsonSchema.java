// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import dev.steward.control.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A JSON schema that values are held against: 2020-12 where it names no other draft. It reaches
/// nothing but itself, and takes only so much work.
public final class JsonSchema {
  /// Takes everything.
  public static final JsonSchema ANY = new JsonSchema(null, "");

  private static final int BYTES_MAX = 256 * 1024;
  private static final int DEPTH_MAX = 64;
  private static final long STEPS_MAX = 200_000;
  private static final int EVALUATION_DEPTH_MAX = 256;
  private static final int EXPRESSION_MAX = 1_000;
  private static final int PROBLEMS_MAX = 10;

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry
                  .schemaCacheEnabled(false)
                  .schemaLoader(loader -> loader.fetchRemoteResources(false).allow(_ -> false))
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .pathType(PathType.JSON_POINTER)
                          .preloadSchema(true)
                          .regularExpressionFactory(JsonSchema::bounded)
                          .build()));

  private static final ExecutionConfig BOUNDS =
      ExecutionConfig.builder()
          .maxEvaluationSteps(STEPS_MAX)
          .maxEvaluationDepth(EVALUATION_DEPTH_MAX)
          .build();

  private final @Nullable Schema schema;
  private final String trouble;

  private JsonSchema(@Nullable Schema schema, String trouble) {
    this.schema = schema;
    this.trouble = trouble;
  }

  /// @param json of the schema, "{}" for none; one that cannot be used takes no value
  public static JsonSchema of(String json) {
    if (json.equals("{}")) {
      return ANY;
    }
    try {
      JsonNode written = CanonicalJson.read(json);
      Optional<String> wrong =
          json.length() > BYTES_MAX
              ? Optional.of("has more than " + BYTES_MAX + " characters")
              : unusable(written, 0);
      return wrong.isPresent()
          ? new JsonSchema(null, wrong.get())
          : new JsonSchema(REGISTRY.getSchema(written), "");
    } catch (RuntimeException e) {
      return new JsonSchema(null, "cannot be read: " + firstLine(e));
    }
  }

  /// Why it cannot be used, "" when it can.
  public String trouble() {
    return trouble;
  }

  /// What is wrong with the value, each with its place; none when it fits.
  public List<String> problems(JsonNode value) {
    if (!trouble.isEmpty()) {
      return List.of("the schema " + trouble);
    }
    Schema known = schema;
    if (known == null) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    try {
      for (Error error : known.validate(value, execution -> execution.setExecutionConfig(BOUNDS))) {
        if (problems.size() < PROBLEMS_MAX) {
          problems.add(words(error));
        }
      }
    } catch (RuntimeException e) {
      problems.add("it cannot be held against the schema: " + firstLine(e));
    }
    return problems;
  }

  private static String words(Error error) {
    String place = String.valueOf(error.getInstanceLocation());
    return (place.isEmpty() ? "" : place + ": ") + error.getMessage();
  }

  /// References that leave the schema, and depth that would leave the stack.
  private static Optional<String> unusable(JsonNode node, int depth) {
    if (depth > DEPTH_MAX) {
      return Optional.of("is nested deeper than " + DEPTH_MAX + " levels");
    }
    for (String name : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
      JsonNode reference = node.path(name);
      if (reference.isString() && !reference.stringValue().startsWith("#")) {
        return Optional.of("refers to something outside of it, which is not fetched");
      }
    }
    Optional<String> slow = slow(node);
    if (slow.isPresent()) {
      return slow;
    }
    for (JsonNode inner : node.values()) {
      Optional<String> found = unusable(inner, depth + 1);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Patterns that cannot be matched in bounded time: RE2 never tries a text twice.
  private static Optional<String> slow(JsonNode node) {
    List<String> patterns = new ArrayList<>();
    if (node.path("pattern").isString()) {
      patterns.add(node.path("pattern").stringValue());
    }
    for (Map.Entry<String, JsonNode> property : node.path("patternProperties").properties()) {
      patterns.add(property.getKey());
    }
    for (String pattern : patterns) {
      try {
        if (pattern.length() > EXPRESSION_MAX) {
          return Optional.of("has a pattern of more than " + EXPRESSION_MAX + " characters");
        }
        Pattern.compile(pattern);
      } catch (PatternSyntaxException _) {
        return Optional.of("has a pattern that cannot be matched in bounded time");
      }
    }
    return Optional.empty();
  }

  private static RegularExpression bounded(String expression) {
    Pattern pattern = Pattern.compile(expression);
    return text -> pattern.matcher(text).find();
  }

  private static String firstLine(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
