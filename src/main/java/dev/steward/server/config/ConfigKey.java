// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import dev.steward.server.setting.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One key of the configuration, as the records declare it.
///
/// @param name such as `ingest.require-key`
/// @param type of its value
record ConfigKey(String name, Class<?> type, String byDefault, String about) {

  /// All keys in the order of the records.
  static List<ConfigKey> all() {
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : ServerConfig.class.getRecordComponents()) {
      if (component.getType().isRecord() && component.getAnnotation(Setting.class) == null) {
        for (RecordComponent inner : component.getType().getRecordComponents()) {
          keys.add(of(kebab(component.getName()) + ".", inner));
        }
      } else {
        keys.add(of("", component));
      }
    }
    return List.copyOf(keys);
  }

  /// The environment variable that overrides the file.
  String environmentName() {
    return "STEWARD_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  String section() {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  static String kebab(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static ConfigKey of(String prefix, RecordComponent component) {
    Setting setting =
        Objects.requireNonNull(
            component.getAnnotation(Setting.class), () -> "@Setting missing on " + component);
    return new ConfigKey(
        prefix + kebab(component.getName()),
        component.getType(),
        setting.byDefault(),
        setting.about());
  }
}
