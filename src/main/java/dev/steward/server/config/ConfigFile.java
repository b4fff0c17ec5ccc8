// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The YAML file as flat keys and written values.
final class ConfigFile {
  private static final long BYTES_MAX = 1 << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ConfigFile() {}

  static Map<String, String> read(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new ConfigException(file + " is larger than 1 MiB: that is no configuration file");
      }
      return flat(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException("there is no configuration file " + file, e);
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read: " + e, e);
    }
  }

  private static Map<String, String> flat(Path file, String text) {
    try {
      JsonNode root = YAML.readTree(text);
      Map<String, String> values = new TreeMap<>();
      if (root.isObject()) {
        root.forEachEntry((key, value) -> put(values, key, value));
      } else if (!root.isMissingNode() && !root.isNull()) {
        throw new ConfigException(file + " holds no sections: it must be a YAML mapping");
      }
      return values;
    } catch (JacksonException e) {
      throw new ConfigException(
          file + " line " + e.getLocation().getLineNr() + " is not YAML: " + e.getOriginalMessage(),
          e);
    }
  }

  private static void put(Map<String, String> values, String key, JsonNode value) {
    if (value.isObject()) {
      value.forEachEntry((inner, v) -> put(values, key + "." + inner, v));
    } else if (value.isArray()) {
      values.put(key, value.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
    } else {
      values.put(key, value.isNull() ? "" : value.asString());
    }
  }
}
