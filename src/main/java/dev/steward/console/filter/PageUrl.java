// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.filter;

import dev.steward.domain.Percent;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The address of a page with its filters; each filter is one parameter, and an absent one does not
/// filter.
public record PageUrl(String path, Map<String, String> parameters) {
  public PageUrl {
    parameters = Map.copyOf(parameters);
  }

  public static PageUrl of(String path) {
    return new PageUrl(path, Map.of());
  }

  /// The same page with the parameter set, or left out when the value is null or empty.
  public PageUrl with(String name, @Nullable String value) {
    Map<String, String> changed = new TreeMap<>(parameters);
    if (value == null || value.isEmpty()) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new PageUrl(path, changed);
  }

  public PageUrl without(String... names) {
    Map<String, String> changed = new TreeMap<>(parameters);
    for (String name : names) {
      changed.remove(name);
    }
    return new PageUrl(path, changed);
  }

  /// Another page under the same parameters of those names.
  public PageUrl to(String otherPath, String... kept) {
    Map<String, String> carried = new TreeMap<>();
    for (String name : kept) {
      String value = parameters.get(name);
      if (value != null) {
        carried.put(name, value);
      }
    }
    return new PageUrl(otherPath, carried);
  }

  public @Nullable String get(String name) {
    return parameters.get(name);
  }

  /// Path and query, encoded.
  @Override
  public String toString() {
    if (parameters.isEmpty()) {
      return path;
    }
    return path
        + new TreeMap<>(parameters)
            .entrySet().stream()
                .map(p -> Percent.encoded(p.getKey()) + "=" + Percent.encoded(p.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }
}
