// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A canonical JSON object that is written member by member, in the order of their names, without a
/// tree. A member without a value is left out.
public final class CanonicalObject {
  private final StringBuilder out;
  private String last = "";

  /// @param length about how long it will be
  public CanonicalObject(int length) {
    out = new StringBuilder(length).append('{');
  }

  public CanonicalObject text(String name, @Nullable String value) {
    if (value != null) {
      begin(name);
      CanonicalJson.appendString(out, value);
    }
    return this;
  }

  public CanonicalObject texts(String name, @Nullable List<String> values) {
    if (values == null) {
      return this;
    }
    begin(name);
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      CanonicalJson.appendString(out, values.get(i));
    }
    out.append(']');
    return this;
  }

  public CanonicalObject number(String name, long value) {
    begin(name);
    out.append(value);
    return this;
  }

  /// @param json canonical
  public CanonicalObject json(String name, String json) {
    begin(name);
    out.append(json);
    return this;
  }

  private void begin(String name) {
    if (name.compareTo(last) <= 0) {
      throw new IllegalStateException(name + " comes behind " + last);
    }
    if (out.length() > 1) {
      out.append(',');
    }
    last = name;
    CanonicalJson.appendString(out, name);
    out.append(':');
  }

  /// Ends it. Nothing may be added after.
  public String written() {
    return out.append('}').toString();
  }
}
