// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import java.util.List;

/// What an apply or delete does to one resource.
public sealed interface Change {
  String kind();

  String name();

  /// It was not there, or had been deleted.
  record Created(String kind, String name) implements Change {}

  /// It was there and differs in the listed fields.
  record Changed(String kind, String name, List<FieldDiff> fields) implements Change {}

  /// It was there, the same.
  record Unchanged(String kind, String name) implements Change {}

  /// It was there and is gone; its history stays.
  record Deleted(String kind, String name) implements Change {}
}
