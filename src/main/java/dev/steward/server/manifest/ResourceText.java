// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// One resource as a person reads it: its own manifest.
final class ResourceText {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ResourceText() {}

  static String of(JsonNode resource) {
    return YAML.writeValueAsString(resource);
  }
}
