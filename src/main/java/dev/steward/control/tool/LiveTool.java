// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer.Definition;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool as its server defines it, as far as that is pinned.
///
/// @param digest of name, title, description, schemas and annotations in canonical JSON; what is
///   empty counts as absent
public record LiveTool(String name, Definition definition, Digest digest) {
  private static final int BYTES_MAX = 256 * 1024;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  /// @param offered as it stands in `tools/list`
  /// @throws IllegalArgumentException when it is no definition, or too large; the message says why
  public static LiveTool read(JsonNode offered) {
    String name = offered.path("name").asString("");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "its name is not of 1 to 128 letters, digits and _ . : - alone");
    }
    return of(
        name,
        new Definition(
            offered.path("title").asString(""),
            offered.path("description").asString(""),
            object(offered, "inputSchema"),
            object(offered, "outputSchema"),
            object(offered, "annotations")));
  }

  /// The definition that was accepted.
  public static LiveTool of(Tool accepted) {
    return of(accepted.name(), accepted.definition());
  }

  /// Digest of the definition that was accepted, however large it is.
  public static Digest pin(Tool accepted) {
    return Digest.of(CanonicalJson.bytes(json(accepted.name(), accepted.definition())));
  }

  private static LiveTool of(String name, Definition definition) {
    byte[] bytes = CanonicalJson.bytes(json(name, definition));
    if (bytes.length > BYTES_MAX) {
      throw new IllegalArgumentException(
          "its definition has %d bytes, of which %d are allowed"
              .formatted(bytes.length, BYTES_MAX));
    }
    return new LiveTool(name, definition, Digest.of(bytes));
  }

  /// What the digest is of.
  public ObjectNode json() {
    return json(name, definition);
  }

  private static ObjectNode json(String name, Definition definition) {
    ObjectNode pinned = CanonicalJson.object();
    pinned.put("name", name);
    put(pinned, "title", definition.title());
    put(pinned, "description", definition.description());
    set(pinned, "inputSchema", definition.inputSchemaJson());
    set(pinned, "outputSchema", definition.outputSchemaJson());
    set(pinned, "annotations", definition.annotationsJson());
    return pinned;
  }

  private static String object(JsonNode offered, String name) {
    JsonNode found = offered.path(name);
    if (found.isMissingNode() || found.isNull()) {
      return "{}";
    }
    if (!found.isObject()) {
      throw new IllegalArgumentException("its " + name + " is no object");
    }
    return CanonicalJson.text(found);
  }

  private static void put(ObjectNode node, String name, String text) {
    if (!text.isEmpty()) {
      node.put(name, text);
    }
  }

  private static void set(ObjectNode node, String name, String json) {
    if (!json.equals("{}")) {
      node.set(name, CanonicalJson.read(json));
    }
  }
}
