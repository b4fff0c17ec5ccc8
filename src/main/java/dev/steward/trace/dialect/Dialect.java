// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.trace.dialect.ContentSource.Slot;
import java.util.List;
import java.util.Map;

/// One row of the table: how a dialect is recognised and what its attributes mean.
///
/// @param scopes names of instrumentation scopes, `*` at the end for any rest
/// @param fields in the row's own order of preference
record Dialect(
    String name,
    List<String> scopes,
    List<String> keys,
    List<String> prefixes,
    Map<Field, List<Source>> fields,
    Map<Slot, List<ContentSource>> contents) {

  boolean hasScope(String scope) {
    for (String pattern : scopes) {
      if (matches(pattern, scope)) {
        return true;
      }
    }
    return false;
  }

  static boolean matches(String pattern, String text) {
    return pattern.endsWith("*")
        ? text.regionMatches(0, pattern, 0, pattern.length() - 1)
        : text.equals(pattern);
  }

  boolean hasMark(Attributes attributes) {
    for (String key : keys) {
      if (attributes.has(key)) {
        return true;
      }
    }
    for (String prefix : prefixes) {
      for (String key : attributes.keys()) {
        if (key.startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }
}
