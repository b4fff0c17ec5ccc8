// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

import dev.steward.domain.Percent;
import org.jspecify.annotations.Nullable;

/// The path and query of a request, with what was not given left out.
public final class Query {
  private final StringBuilder text;
  private char joint = '?';

  public Query(String path) {
    text = new StringBuilder(path);
  }

  public Query with(String name, @Nullable Object value) {
    if (value != null && !value.toString().isEmpty()) {
      text.append(joint).append(name).append('=').append(Percent.encoded(value.toString()));
      joint = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
