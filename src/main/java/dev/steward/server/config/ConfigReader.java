// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import dev.steward.server.setting.Setting;
import dev.steward.server.setting.Written;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: defaults, then the file, then the environment, then the command line;
/// the later wins.
public final class ConfigReader {
  private static final List<ConfigKey> KEYS = ConfigKey.all();

  private ConfigReader() {}

  /// @param file null when none was named
  /// @param environment all variables of the process; those of other programs are not looked at
  /// @param commandLine keys set by options, such as `http.port`
  public static ServerConfig load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> commandLine) {
    Map<String, String> values = new TreeMap<>();
    if (file != null) {
      values.putAll(ConfigFile.read(file));
    }
    values.putAll(fromEnvironment(environment));
    values.putAll(commandLine);
    return read(values);
  }

  /// Builds the tree from written values by key; what is missing has its default.
  static ServerConfig read(Map<String, String> written) {
    new KnownKeys(KEYS).check(written.keySet());
    Map<String, String> values = new HashMap<>();
    KEYS.forEach(k -> values.put(k.name(), written.getOrDefault(k.name(), k.byDefault())));
    return build(ServerConfig.class, "", values);
  }

  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    Map<String, String> values = new TreeMap<>();
    for (ConfigKey key : KEYS) {
      String value = environment.get(key.environmentName());
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    new KnownKeys(KEYS).checkEnvironment(environment.keySet());
    return values;
  }

  private static <T extends Record> T build(
      Class<T> type, String prefix, Map<String, String> values) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = prefix + ConfigKey.kebab(components[i].getName());
      Class<?> wanted = components[i].getType();
      arguments[i] =
          wanted.isRecord() && components[i].getAnnotation(Setting.class) == null
              ? build(wanted.asSubclass(Record.class), key + ".", values)
              : value(key, wanted, values.getOrDefault(key, ""));
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwable check = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(String.valueOf(check.getMessage()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be built", e);
    }
  }

  private static @Nullable Object value(String key, Class<?> type, String text) {
    try {
      return Written.value(type, text);
    } catch (RuntimeException e) {
      throw new ConfigException(key + ": " + e.getMessage(), e);
    }
  }
}
