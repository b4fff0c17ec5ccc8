// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import dev.steward.server.setting.Setting;
import dev.steward.server.setting.Written;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A key of the configuration and its value in force. No key holds a secret: those lie in files of
/// their own, which are only named.
///
/// @param byDefault what it is when nobody sets it, "" for none
public record InForce(String key, String value, String byDefault, String about) {

  /// All keys in the order of the reference page.
  public static List<InForce> of(ServerConfig config) {
    Map<String, String> values = new HashMap<>();
    collect(config, "", values);
    List<InForce> all = new ArrayList<>();
    for (ConfigKey key : ConfigKey.all()) {
      all.add(
          new InForce(
              key.name(), values.getOrDefault(key.name(), ""), key.byDefault(), key.about()));
    }
    return List.copyOf(all);
  }

  public boolean usual() {
    return value.equals(byDefault);
  }

  private static void collect(Record record, String prefix, Map<String, String> values) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String key = prefix + ConfigKey.kebab(component.getName());
      Object value = value(record, component);
      if (value instanceof Record inner && component.getAnnotation(Setting.class) == null) {
        collect(inner, key + ".", values);
      } else {
        values.put(key, text(value));
      }
    }
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Duration duration -> Written.duration(duration);
      case Collection<?> list ->
          list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }
}
