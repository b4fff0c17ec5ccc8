// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import java.util.Map;

/// The form of a JSON value, as far as a condition can use it.
sealed interface Form {
  Form ANY = new Any();

  /// One of JSON's simple types.
  enum Simple implements Form {
    TEXT,
    NUMBER,
    WHOLE,
    FLAG
  }

  /// Whatever it is; a condition finds out when it is evaluated.
  record Any() implements Form {}

  record Listing(Form item) implements Form {}

  /// @param name unique in its schema, such as `args.address`
  record Struct(String name, Map<String, Form> fields) implements Form {
    public Struct {
      fields = Map.copyOf(fields);
    }
  }
}
