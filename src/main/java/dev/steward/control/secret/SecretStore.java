// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.secret;

import java.util.List;
import java.util.Optional;

/// Where the values lie that Steward presents to others, such as a provider's key. A change is seen
/// by the next `get`.
public interface SecretStore {
  /// The value, empty when there is none of the name. It is asked for on every call, so it is
  /// quick.
  Optional<Secret> get(String name);

  /// Keeps the value in place of an earlier one; it is durable when this returns.
  void put(String name, Secret value, SecretEntry.Origin origin);

  /// @return whether there was one
  boolean delete(String name);

  /// What there is, by name, without the values.
  List<SecretEntry> list();

  /// One of them, without its value.
  default Optional<SecretEntry> find(String name) {
    return list().stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
