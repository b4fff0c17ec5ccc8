// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The keys there are and were. Anything else is refused with the nearest right key, so that a typo
/// never silently leaves a default in force.
final class KnownKeys {
  /// Keys of earlier versions and what to write instead.
  private static final Map<String, String> RETIRED = Map.of();

  /// Variables that are no key: what is secret stands in no configuration.
  private static final Set<String> OTHERS = Set.of("STEWARD_SECRETS_KEY");

  private final List<ConfigKey> keys;
  private final Map<String, String> retired;

  KnownKeys(List<ConfigKey> keys) {
    this(keys, RETIRED);
  }

  KnownKeys(List<ConfigKey> keys, Map<String, String> retired) {
    this.keys = keys;
    this.retired = retired;
  }

  void check(Collection<String> written) {
    for (String key : written) {
      String instead = retired.get(key);
      if (instead != null) {
        throw new ConfigException(key + " is no longer a key: write " + instead);
      }
      if (keys.stream().noneMatch(k -> k.name().equals(key))) {
        throw new ConfigException(
            key + " is not a key of the configuration; the nearest is " + nearest(key));
      }
    }
  }

  /// Refuses variables that begin as one of our sections but name no key.
  void checkEnvironment(Collection<String> names) {
    for (String name : names) {
      if (!OTHERS.contains(name)
          && ofOurSections(name)
          && keys.stream().noneMatch(k -> k.environmentName().equals(name))) {
        String key = name.substring("STEWARD_".length()).toLowerCase(Locale.ROOT);
        ConfigKey near = nearestKey(key.replaceFirst("_", ".").replace('_', '-'));
        throw new ConfigException(
            "the environment variable "
                + name
                + " names no key of the configuration; the nearest is "
                + near.environmentName());
      }
    }
  }

  private boolean ofOurSections(String name) {
    return keys.stream()
        .map(ConfigKey::section)
        .filter(s -> !s.isEmpty())
        .anyMatch(s -> name.startsWith("STEWARD_" + s.toUpperCase(Locale.ROOT) + "_"));
  }

  private String nearest(String key) {
    return nearestKey(key).name();
  }

  private ConfigKey nearestKey(String key) {
    return keys.stream()
        .min(
            Comparator.comparingInt((ConfigKey k) -> distance(section(key), section(k.name())))
                .thenComparingInt(k -> distance(key, k.name())))
        .orElseThrow(() -> new IllegalStateException("there are no keys"));
  }

  /// A slip in a section is nearer to that section's keys than to a short key of another.
  private static String section(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? key : key.substring(0, dot);
  }

  /// Levenshtein distance.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
